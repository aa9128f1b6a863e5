"""Reads Spark's event logs at the end of a run: from this machine, or from HDFS, which ends with the cluster.

A log is a file, or a folder `eventlog_v2_…` of files that Spark has rolled; either may be compressed, and unfinished.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import shutil
import signal
import subprocess
import threading
import time
from functools import partial
from pathlib import Path
from typing import IO, Any, Callable, Dict, Iterator, List, Optional, Tuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

from .spark_facts import SparkFacts

_log = logging.getLogger("atmo")
#: The file of the run that the portal reads them from. It is no result.
SPARK_FACTS = "spark.json"
# Of all logs together, decompressed. A run of a day has some hundred megabytes.
_MOST_BYTES = 1_000_000_000
_MOST_FILES = 200
# Events are a few kB; those with a query's plan may be longer, and are not needed.
_LONGEST_LINE = 1_000_000
_LONGEST_NUMBER = 19
_CHUNK = 1 << 18
_WANTED = re.compile(rb'\{"Event":"SparkListener(?:StageSubmitted|TaskEnd|StageCompleted|ExecutorRemoved)"')
_ROLLED = re.compile(r"(?:^|/)eventlog_v2_([^/]+)/events_(\d+)_[^/]+$")
_UNFINISHED = ".inprogress"

#: A log file by its path, and how to open it.
_File = Tuple[str, Callable[[], "contextlib.AbstractContextManager[IO[bytes]]"]]


def spark_facts(place: str, since: float, seconds: float) -> Optional[Dict[str, Any]]:
    """What event logs written since a time of this machine say. None where Spark ran nothing. Never raises."""
    until = time.monotonic() + seconds
    facts = SparkFacts()
    left = _MOST_BYTES
    try:
        for application in _applications(_files(place, since, until)):
            for file in application:
                if time.monotonic() > until or left <= 0:
                    facts.is_complete = False
                    break
                left -= _read(file, facts, left, until)
            facts.application_ends()
    except Exception as error:  # pylint: disable=broad-except
        _log.warning("Spark's event log could not be read: %s", error)
        facts.is_complete = False
        facts.application_ends()
    return facts.summary()


def event_log_place(jvm: Optional[Any]) -> Optional[str]:
    """Where Spark writes its event logs. None where it is not known. Never raises."""
    told = os.environ.get("ATMO_EVENT_LOGS")
    if told:
        return Path(told).resolve().as_uri()
    try:
        if jvm is not None:
            return str(jvm.org.apache.spark.SparkConf().get("spark.eventLog.dir", "")) or None
        defaults = Path(os.environ.get("SPARK_CONF_DIR", "/etc/spark/conf")) / "spark-defaults.conf"
        match = re.search(r"^\s*spark\.eventLog\.dir[\s=]+(\S+)", defaults.read_text(encoding="utf-8"), re.MULTILINE)
        return match.group(1) if match else None
    except Exception as error:  # pylint: disable=broad-except
        _log.warning("Spark's event log was not found: %s", error)
        return None


def _files(place: str, since: float, until: float) -> List[_File]:
    parts = urlsplit(place)
    if parts.scheme in ("", "file"):
        return _local_files(Path(url2pathname(parts.path)), since)
    command = shutil.which("hdfs")
    if parts.scheme != "hdfs" or command is None:
        raise ValueError(f"nothing here reads {place}")
    # A run's cluster has no other applications than the run's.
    return _hdfs_files(command, place, until)


def _local_files(folder: Path, since: float) -> List[_File]:
    found: List[_File] = []
    for directory, _, names in os.walk(folder):
        for name in names:
            path = Path(directory) / name
            if not path.is_symlink() and path.is_file() and path.stat().st_mtime >= since:
                found.append((str(path), partial(_open_local, path)))
    return found


@contextlib.contextmanager
def _open_local(path: Path) -> Iterator[IO[bytes]]:
    # Spark may just have finished it.
    with open(path if path.exists() else str(path).removesuffix(_UNFINISHED), "rb") as stream:
        yield stream


def _hdfs_files(command: str, place: str, until: float) -> List[_File]:
    listed = subprocess.run(
        [command, "dfs", "-ls", "-R", place],
        capture_output=True,
        text=True,
        timeout=max(0.0, until - time.monotonic()),
        check=True,
    ).stdout
    # "-rw-rw----   1 hadoop spark  337838 2026-11-26 19:17 hdfs:///var/log/spark/apps/application_…"
    paths = re.findall(r"^-\S+(?:\s+\S+){6}\s(.+)$", listed, re.MULTILINE)
    return [(path, partial(_open_hdfs, command, path, until)) for path in paths]


@contextlib.contextmanager
def _open_hdfs(command: str, path: str, until: float) -> Iterator[IO[bytes]]:
    finished = path[: -len(_UNFINISHED)] if path.endswith(_UNFINISHED) else path
    # Spark may just have finished it: then it has the other name.
    paths = [path] if path == finished else [path, finished]
    command_line = [command, "dfs", "-cat", *paths]
    with subprocess.Popen(
        command_line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as cat:
        # `hdfs` is a script: its Java has the pipe.
        alarm = threading.Timer(max(0.0, until - time.monotonic()), _kill_group, [cat.pid])
        alarm.start()
        try:
            assert cat.stdout is not None
            yield cat.stdout
        finally:
            alarm.cancel()
            _kill_group(cat.pid)


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _applications(files: List[_File]) -> List[List[_File]]:
    """Log files by application, those of a rolled log in order."""
    found: Dict[str, List[Tuple[int, _File]]] = {}
    for path, opened in files:
        name = path.rsplit("/", 1)[-1]
        rolled = _ROLLED.search(path)
        if rolled is not None:
            found.setdefault(rolled.group(1), []).append((int(rolled.group(2)[:9]), (path, opened)))
        elif not name.startswith((".", "appstatus_")) and "/eventlog_v2_" not in path:
            found.setdefault(path, []).append((0, (path, opened)))
    kept = [[file for _, file in sorted(parts, key=lambda part: part[0])] for _, parts in sorted(found.items())]
    return [application[:_MOST_FILES] for application in kept[:_MOST_FILES]]


def _read(file: _File, facts: SparkFacts, most: int, until: float) -> int:
    """Takes the events of one file. Returns how many bytes it had, decompressed."""
    path, opened = file
    size = 0
    with opened() as stream:
        read = _reader(path, stream)
        line, is_too_long = b"", False
        while size < most and time.monotonic() < until:
            chunk = read()
            if not chunk:
                _take(line, facts)
                return size
            size += len(chunk)
            *ended, line = (line + chunk).split(b"\n")
            for one in ended:
                if not is_too_long:
                    _take(one, facts)
                is_too_long = False
            if len(line) > _LONGEST_LINE:
                line, is_too_long = b"", True
    facts.is_complete = False
    return size


def _reader(path: str, stream: IO[bytes]) -> Callable[[], bytes]:
    """What gives the next bytes of a log, decompressed, and none at its end."""
    name = path.removesuffix(_UNFINISHED)
    codec = name.rsplit(".", 1)[-1] if "." in name.rsplit("/", 1)[-1] else ""
    if codec in ("lz4", "lzf", "snappy"):
        raise ValueError(f"{path} is compressed by {codec}, which is not read here: Spark's own choice is zstd")
    if codec not in ("zstd", "zst"):
        return partial(stream.read, _CHUNK)
    # Imported late, since it takes memory; every node has it for the notebooks.
    import pyarrow

    source = pyarrow.CompressedInputStream(pyarrow.PythonFile(stream, mode="r"), "zstd")
    buffer = bytearray(_CHUNK)

    def read() -> bytes:
        buffer[:] = bytes(_CHUNK)
        try:
            return bytes(buffer[: source.readinto(buffer)])
        except OSError:
            # Spark is writing the file, or was ended while it did: it ends amid a frame. What came before is in the
            # buffer, which for a short log is all of it. JSON has no zero bytes.
            return bytes(buffer).split(b"\0", 1)[0]

    return read


def _take(line: bytes, facts: SparkFacts) -> None:
    if _WANTED.match(line):
        # The last line of an unfinished log may be half.
        with contextlib.suppress(ValueError, RecursionError):
            facts.take(json.loads(line, parse_int=_short_int))


def _short_int(digits: str) -> int:
    # Python takes very long for very long ones.
    return int(digits) if len(digits) <= _LONGEST_NUMBER else 0

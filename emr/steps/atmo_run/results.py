"""The files of a run: `runs/<run id>/…`, mirrored as `latest/…`."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path
from typing import Dict, Iterator, List, Set, Tuple, Union

from .background import LatestOnly
from .content_types import content_headers
from .progress import Progress
from .storage import S3Location, Storage

#: Below this come the files that the notebook wrote itself, so that none of them can pass for one of ours.
FILES = "files"

#: What the run has said so far, which `RunLog` writes.
LOG = "run.log"

_log = logging.getLogger("atmo")
# Bytes of a log beyond which it is uploaded at the end alone: it is read whole each time.
_LONGEST_LIVE_LOG = 2_000_000
# S3's limit for a key, in bytes of UTF-8.
_LONGEST_KEY = 1024


class Results:
    """Collects a run's files in a local folder and uploads them to S3 as soon as possible."""

    def __init__(self, storage: Storage, root: S3Location, run_id: str, folder: Path) -> None:
        self.folder = folder
        self._storage = storage
        self._run = root.child(f"runs/{run_id}/")
        self._latest = root.child("latest/")
        self._stored: Dict[str, Union[bytes, Path]] = {}
        self._unmirrored: List[str] = []
        self._adopted: Set[str] = set()
        self._told: Dict[str, bytes] = {}
        self._saving = LatestOnly(self._save_now)
        self.progress = Progress(self.tell)

    @property
    def files_location(self) -> S3Location:
        """Where the files are stored that the notebook writes."""
        return self._run.child(FILES)

    def save(self, name: str, text: str) -> None:
        """Queues a file, and the log, for upload while the run continues. What is queued twice is uploaded once."""
        body = text.encode("utf-8", errors="replace")
        file = self.folder / name
        # Renamed into place, so that a reader never sees a partial file.
        partial = file.with_name(f"{file.name}.partial")
        partial.write_bytes(body)
        partial.replace(file)
        self._saving.ask_for(name)
        log = self.folder / LOG
        if log.exists() and log.stat().st_size <= _LONGEST_LIVE_LOG:
            self._saving.ask_for(LOG)

    def tell(self, name: str, text: str) -> None:
        """As `save`, for a file that is no result: it is neither kept nor mirrored."""
        self._told[name] = text.encode("utf-8")
        self._saving.ask_for(name)

    def _save_now(self, name: str) -> None:
        try:
            told = self._told.get(name)
            body = (self.folder / name).read_bytes() if told is None else told
            self._storage.write(self._run.child(name), body, content_headers(name))
        except Exception as error:  # pylint: disable=broad-except
            # The run goes on and saves again soon.
            _log.warning("Could not save %s yet: %s", name, error)

    def store(self, name: str, content: Union[bytes, Path]) -> None:
        """Uploads a file; raises if S3 refuses it."""
        self._put(self._run.child(name), content, name)
        self._stored[name] = content
        self._unmirrored.append(name)

    def upload(self, folder: Path, below: str = "") -> None:
        """Uploads everything in a folder. Files that cannot be stored are named in the log and left out."""
        # Nothing older may overwrite what is uploaded now.
        self._saving.wait()
        for name, file in regular_files(folder):
            try:
                if below + name in self._stored:
                    raise ValueError("there is another file of that name")
                if len(self._run.child(below + name).key.encode("utf-8")) > _LONGEST_KEY:
                    raise ValueError("its path is too long for S3")
                self.store(below + name, file)
            except Exception as error:  # pylint: disable=broad-except
                _log.warning("Could not store %r: %s", name, error)

    def mirror(self) -> None:
        """Copies into `latest/` what was stored since the last time."""
        while self._unmirrored:
            name = self._unmirrored[0]
            self._put(self._latest.child(name), self._stored[name], name)
            self._unmirrored.pop(0)

    def adopt(self) -> None:
        """Mirrors what Spark has written straight into the run's files."""
        try:
            for key in self._storage.keys_below(self._run.child(f"{FILES}/")):
                name = key[len(self._run.key) :]
                if name not in self._stored and not key.endswith("/"):
                    target = self._latest.child(name)
                    self._storage.copy(S3Location(self._run.bucket, key), target)
                    self._adopted.add(target.key)
        except Exception as error:  # pylint: disable=broad-except
            _log.warning("Could not mirror all that Spark wrote: %s", error)

    def finish_mirror(self) -> None:
        """Makes `latest/` equal to this run. Files of earlier runs are deleted after all new ones are uploaded."""
        self.mirror()
        try:
            wanted = {self._latest.child(name).key for name in self._stored} | self._adopted
            stale = [key for key in self._storage.keys_below(self._latest) if key not in wanted]
            self._storage.delete(self._latest.bucket, stale)
        except Exception as error:  # pylint: disable=broad-except
            # The run's results are all there: no reason to call it failed.
            _log.warning("Could not remove the files of earlier runs from latest/: %s", error)

    def _put(self, location: S3Location, content: Union[bytes, Path], name: str) -> None:
        if isinstance(content, Path):
            self._storage.upload(location, content, content_headers(name))
        else:
            self._storage.write(location, content, content_headers(name))


def regular_files(folder: Path) -> Iterator[Tuple[str, Path]]:
    """Every file below a folder with its relative name. Links are not followed; pipes and sockets are no results."""
    for directory, folders, files in os.walk(folder, onerror=_unreadable):
        folders.sort()
        for file in sorted(files):
            path = Path(directory) / file
            if stat.S_ISREG(path.lstat().st_mode) and not _is_hadoop_checksum(path):
                # A name that is no UTF-8 keeps what can be read of it.
                name = os.fsencode(str(path.relative_to(folder))).decode("utf-8", errors="replace")
                yield name, path


def _is_hadoop_checksum(file: Path) -> bool:
    # Hadoop's local file system writes `.part-0.parquet.crc` beside `part-0.parquet`; S3 and HDFS have no such files.
    name = file.name
    return name.startswith(".") and name.endswith(".crc") and file.with_name(name[1:-4]).exists()


def _unreadable(error: OSError) -> None:
    _log.warning("Could not read %r: %s", error.filename, error.strerror)

"""Copies Spark's output from HDFS.

On a cluster a relative path means two places: Python writes into the working directory, Spark into the user's home
on HDFS, which is gone with the cluster. Both are results.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import time
from pathlib import Path
from typing import Optional

_log = logging.getLogger("atmo")
# Spark and YARN keep their own things in folders with a dot.
_EVERYTHING = "[^.]*"
_LONGEST_SECONDS = 3600.0
_USABLE_SHARE = 0.8


def fetch_hdfs_files(folder: Path, seconds: float) -> None:
    """Copies the HDFS home into a folder, within the limits of local disk space and time. Never raises."""
    command = shutil.which("hdfs")
    if command is None:
        return
    hdfs = _Hdfs(command, min(seconds, _LONGEST_SECONDS))
    try:
        size = hdfs.size()
        free = shutil.disk_usage(folder).free
        if size is None:
            return
        if size > free * _USABLE_SHARE:
            _log.warning("HDFS holds %d bytes, more than fit here (%d free): write such results to S3", size, free)
            return
        _log.info("Fetching %d bytes from HDFS", size)
        hdfs.run("-get", _EVERYTHING, f"{folder}/")
    except (OSError, subprocess.SubprocessError) as error:
        details = getattr(error, "stderr", None) or error
        _log.warning("Could not fetch all files from HDFS: %s", details)
    # Half of a file is no result.
    for partial in folder.rglob("*._COPYING_"):
        partial.unlink()


class _Hdfs:
    """`hdfs dfs`, with a time limit in seconds for all calls together."""

    def __init__(self, command: str, seconds: float) -> None:
        self._command = command
        self._until = time.monotonic() + seconds

    def size(self) -> Optional[int]:
        """Bytes below the HDFS home, without the hidden folders; None when there is nothing."""
        try:
            lines = self.run("-du", "-s", _EVERYTHING).splitlines()
        except subprocess.CalledProcessError as error:
            if "No such file" in error.stderr:
                return None
            raise
        # "size  size-with-copies  name"
        return sum(int(line.split()[0]) for line in lines if line[:1].isdigit())

    def run(self, *arguments: str) -> str:
        command = [self._command, "dfs", *arguments]
        seconds = max(0.0, self._until - time.monotonic())
        answer = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
        answer.check_returncode()
        return answer.stdout

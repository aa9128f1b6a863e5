"""Brings home what Spark wrote.

On a cluster a relative path means two places: Python writes into the working directory, Spark into the user's home
on HDFS, which is gone with the cluster. Both are results.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
from pathlib import Path
from typing import Optional

_log = logging.getLogger("atmo")
# Spark and YARN keep their own things in folders with a dot.
_EVERYTHING = "[^.]*"
_SECONDS = 3600
_USABLE_SHARE = 0.8


def fetch_hdfs_files(work: Path) -> None:
    """Copies the HDFS home into the working directory, as far as the local disk has room. Never raises."""
    hdfs = shutil.which("hdfs")
    if hdfs is None:
        return
    try:
        size = _size(hdfs)
        free = shutil.disk_usage(work).free
        if size is None:
            return
        if size > free * _USABLE_SHARE:
            _log.warning("HDFS holds %d bytes, more than fit here (%d free): write such results to S3", size, free)
            return
        _log.info("Fetching %d bytes from HDFS", size)
        _dfs(hdfs, "-get", _EVERYTHING, f"{work}/")
    except (OSError, subprocess.SubprocessError) as error:
        details = getattr(error, "stderr", None) or error
        _log.warning("Could not fetch all files from HDFS: %s", details)


def _size(hdfs: str) -> Optional[int]:
    """Bytes below the HDFS home, without the hidden folders; None when there is nothing."""
    try:
        lines = _dfs(hdfs, "-du", "-s", _EVERYTHING).splitlines()
    except subprocess.CalledProcessError as error:
        if "No such file" in error.stderr:
            return None
        raise
    # "size  size-with-copies  name"
    return sum(int(line.split()[0]) for line in lines if line[:1].isdigit())


def _dfs(hdfs: str, *arguments: str) -> str:
    command = [hdfs, "dfs", *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    answer.check_returncode()
    return answer.stdout

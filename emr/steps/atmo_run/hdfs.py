"""Brings home what Spark wrote.

On a cluster a relative path means two places: Python writes into the working directory, Spark into the user's home
on HDFS, which is gone with the cluster. Both are results.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
from pathlib import Path

_log = logging.getLogger("atmo")
# Spark and YARN keep their own things in folders with a dot.
_EVERYTHING = "[^.]*"
_SECONDS = 3600


def fetch_hdfs_files(work: Path) -> None:
    """Copies the HDFS home into the working directory, as far as the local disk has room. Never raises."""
    hdfs = shutil.which("hdfs")
    if hdfs is None:
        return
    try:
        size = _size(hdfs)
        free = shutil.disk_usage(work).free
        if size == 0:
            return
        if size > free * 0.8:
            _log.warning("HDFS holds %d bytes, more than fit here (%d free): write such results to S3", size, free)
            return
        _log.info("Fetching %d bytes from HDFS", size)
        command = [hdfs, "dfs", "-get", _EVERYTHING, f"{work}/"]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
        if answer.returncode != 0:
            _log.warning("Not all files came from HDFS: %s", answer.stderr.strip())
    except (OSError, subprocess.SubprocessError) as error:
        _log.warning("Could not fetch files from HDFS: %s", error)


def _size(hdfs: str) -> int:
    """Bytes below the HDFS home, without the hidden folders; 0 when there is nothing."""
    command = [hdfs, "dfs", "-du", "-s", _EVERYTHING]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    sizes = [line.split()[0] for line in answer.stdout.splitlines() if line[:1].isdigit()]
    return sum(int(size) for size in sizes)

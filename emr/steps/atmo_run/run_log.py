"""Keeps a copy of all that this process and its children print."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import List

# A notebook that prints in a loop must not fill the disk with its log.
_LONGEST_LOG = 50_000_000


class RunLog:
    """Copies stdout and stderr, at the level of file descriptors, into a file while it is open."""

    def __init__(self, file: Path) -> None:
        self._file = open(file, "wb", buffering=0)
        self._written = 0
        self._lock = threading.Lock()
        self._originals: List[int] = []
        self._threads: List[threading.Thread] = []

    def __enter__(self) -> "RunLog":
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
            descriptor = stream.fileno()
            original = os.dup(descriptor)
            read_end, write_end = os.pipe()
            os.dup2(write_end, descriptor)
            os.close(write_end)
            thread = threading.Thread(target=self._copy, args=(read_end, original), daemon=True)
            thread.start()
            self._originals.append(original)
            self._threads.append(thread)
        return self

    def __exit__(self, *_: object) -> None:
        for stream, original in zip((sys.stdout, sys.stderr), self._originals):
            stream.flush()
            os.dup2(original, stream.fileno())
        for thread in self._threads:
            # A child left behind keeps its end of the pipe open: don't wait for that one.
            thread.join(timeout=2)

    def _copy(self, read_end: int, original: int) -> None:
        listening = True
        while True:
            chunk = os.read(read_end, 65536)
            if not chunk:
                return
            with self._lock:
                if self._written < _LONGEST_LOG:
                    self._file.write(chunk)
                self._written += len(chunk)
            try:
                if listening:
                    _write_all(original, chunk)
            except OSError:
                # Nobody reads any more. Go on all the same, or whoever prints here would stand still.
                listening = False


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]

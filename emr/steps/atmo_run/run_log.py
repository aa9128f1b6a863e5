"""Copies the output of this process and its children to a file."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Callable, List

from .terminal_text import plain, styled_lines

# A notebook that prints in a loop must not fill the disk with its log.
_LONGEST_LOG = 50_000_000
# Bytes of a line that has no end.
_LONGEST_LINE = 1_000_000


class RunLog:
    """Copies stdout and stderr, at the level of file descriptors, into a file while it is open.

    Both get whole lines. The file keeps colours, which the portal shows. The original streams become EMR's logs, which
    are quoted in messages and mails: they get text alone.
    """

    def __init__(self, file: Path) -> None:
        self._file = file.open("wb", buffering=0)
        self._written = 0
        self._lock = threading.Lock()
        self._originals: List[int] = []
        self._threads: List[threading.Thread] = []

    def __enter__(self) -> RunLog:
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
        copy = _Copy(original)
        pending = b""
        while True:
            chunk = os.read(read_end, 65536)
            lines, line_end, pending = (pending + chunk).rpartition(b"\n")
            if not chunk or len(pending) > _LONGEST_LINE:
                lines, pending = lines + line_end + pending, b""
                line_end = b""
            self._hand_on(lines + line_end, copy)
            if not chunk:
                return

    def _hand_on(self, lines: bytes, copy: _Copy) -> None:
        logged = _made(styled_lines, lines)
        with self._lock:
            if self._written < _LONGEST_LOG:
                self._file.write(logged)
            self._written += len(logged)
        copy.write(_made(plain, lines))


class _Copy:
    """The original stream, as long as it has a reader."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._listening = True

    def write(self, data: bytes) -> None:
        if not self._listening:
            return
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._descriptor, view) :]
        except OSError:
            # The reader is gone. Keep draining, or programs that print here would block.
            self._listening = False


def _made(change: Callable[[str], str], lines: bytes) -> bytes:
    # Bytes that are no UTF-8 stay as they are.
    return change(lines.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")

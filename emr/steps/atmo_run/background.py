"""Background work of which only the latest state matters."""

from __future__ import annotations

import threading
from typing import Callable, Optional, Set


class LatestOnly:
    """Calls `work` for queued names, in a thread. A name that is queued several times is processed once."""

    def __init__(self, work: Callable[[str], None]) -> None:
        self._work = work
        self._names: Set[str] = set()
        self._busy = False
        self._changed = threading.Condition()
        self._thread: Optional[threading.Thread] = None

    def ask_for(self, name: str) -> None:
        with self._changed:
            self._names.add(name)
            self._changed.notify_all()
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop, name="background", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Waits until the queue is empty."""
        with self._changed:
            self._changed.wait_for(lambda: not self._names and not self._busy)

    def _loop(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._names))
                name = self._names.pop()
                self._busy = True
            try:
                self._work(name)
            finally:
                with self._changed:
                    self._busy = False
                    self._changed.notify_all()

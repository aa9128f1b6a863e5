"""Signals a run early enough that it must stop."""

from __future__ import annotations

import os
import signal
import threading
from typing import Callable, Optional

from . import clock

# Time to interrupt the cell, render and upload before the portal ends the cluster: five minutes, less for short runs.
_LONGEST_MARGIN = 300.0
_MARGIN_SHARE = 0.1
# An interrupted cell may clean up after itself; then its kernel is killed. Shorter where the margin is.
_LONGEST_PATIENCE = 15.0
_SHORTEST_PATIENCE = 3.0
_INTERRUPT_EVERY = 5.0
# A process that was told to end must be gone some time, whatever it hangs on: systemd kills after 90 seconds.
_LAST_RESORT_SECONDS = 85


class Stop:
    """Watches the time limit, SIGTERM and the parent process, from a thread of its own.

    `reason` is None until the run has to end. Then a registered interrupter is called every few seconds, with
    `last=True` once patience is over, until the run says that it is finished with `release()`.
    """

    def __init__(self, timeout_at: Optional[float]) -> None:
        self.reason: Optional[str] = None
        self._deadline: Optional[float] = None
        # When nothing runs here any more, by the portal's clock.
        self._end = timeout_at
        self._patience = _LONGEST_PATIENCE
        if timeout_at is not None:
            margin = min(_LONGEST_MARGIN, max(0.0, timeout_at - clock.now()) * _MARGIN_SHARE)
            self._deadline = timeout_at - margin
            self._patience = min(_LONGEST_PATIENCE, max(_SHORTEST_PATIENCE, margin / 2))
        self._parent = os.getppid()
        self._signalled = threading.Event()
        self._released = threading.Event()
        self._interrupt: Optional[Callable[[bool], None]] = None

    @property
    def requested(self) -> bool:
        return self.reason is not None

    def seconds_left(self) -> float:
        """Seconds until the cluster or this process is terminated from outside; infinite if unknown."""
        return float("inf") if self._end is None else self._end - clock.now()

    def start(self) -> None:
        """Call in the main thread, once."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        threading.Thread(target=self._watch, name="stop", daemon=True).start()

    def register(self, interrupt: Callable[[bool], None]) -> None:
        self._interrupt = interrupt

    def release(self) -> None:
        """Call when all cells have ended and nothing is left to interrupt."""
        self._interrupt = None
        self._released.set()

    def _on_signal(self, number: int, _frame: object) -> None:
        self._signalled.set()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_LAST_RESORT_SECONDS)
        self._end = min(clock.now() + _LAST_RESORT_SECONDS, self._end or float("inf"))

    def _cause(self) -> Optional[str]:
        if self._signalled.is_set():
            return "The run was terminated from outside"
        if os.getppid() != self._parent:
            # Whoever started this step is gone without a word, killed perhaps.
            return "The process that started the run is gone"
        if self._deadline is not None and clock.now() >= self._deadline:
            return "The time limit was reached"
        return None

    def _watch(self) -> None:
        while not self._released.is_set() and self.reason is None:
            self.reason = self._cause()
            self._signalled.wait(0.5)
        patience = self._patience
        while not self._released.is_set():
            interrupt = self._interrupt
            if interrupt is not None:
                interrupt(patience <= 0)
            pause = min(_INTERRUPT_EVERY, patience) if patience > 0 else _INTERRUPT_EVERY
            self._released.wait(pause)
            patience -= pause

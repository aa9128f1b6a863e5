"""How a run is told to end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import List

import pytest
from atmo_run import clock, stop
from atmo_run.stop import Stop


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> List[float]:
    now = [1000.0]
    monkeypatch.setattr(clock, "now", lambda: now[0])
    return now


@pytest.mark.parametrize(
    ("limit", "deadline"),
    [(24 * 3600, 24 * 3600 - 300), (600, 540), (0, 0)],
)
def test_ends_before_its_limit(moment: List[float], limit: float, deadline: float) -> None:
    told = Stop(1000.0 + limit)
    moment[0] = 1000.0 + deadline - 1
    assert (told._cause(), told.requested) == (None, False)
    moment[0] = 1000.0 + deadline
    assert told._cause() == "The time limit was reached"
    assert told.seconds_left() == limit - deadline


def test_without_a_limit(moment: List[float]) -> None:
    told = Stop(None)
    moment[0] = 1e12
    assert (told._cause(), told.seconds_left()) == (None, float("inf"))


def test_interrupts_first_and_kills_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stop, "_LONGEST_PATIENCE", 0.2)
    monkeypatch.setattr(stop, "_SHORTEST_PATIENCE", 0.2)
    monkeypatch.setattr(stop, "_INTERRUPT_EVERY", 0.1)
    told = Stop(clock.now())
    calls: List[bool] = []
    killed = threading.Event()

    def interrupt(last: bool) -> None:
        calls.append(last)
        if last:
            killed.set()

    told.register(interrupt)
    watch = threading.Thread(target=told._watch)
    watch.start()
    assert killed.wait(30)
    told.release()
    watch.join(30)
    assert not watch.is_alive()
    assert calls[:2] == [False, False]
    assert calls[2:] == [True] * len(calls[2:])
    assert told.reason == "The time limit was reached"


WAIT = """
import sys, time
from atmo_run.stop import Stop
told = Stop(None)
told.start()
print("ready", flush=True)
while not told.requested:
    time.sleep(0.05)
print(told.reason, told.seconds_left() <= 85, flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signals(number: int) -> None:
    path = {"PYTHONPATH": ":".join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", WAIT], env=path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, number)
        assert process.communicate(timeout=60)[0] == "The run was terminated from outside True\n"


def test_parent_gone() -> None:
    path = {"PYTHONPATH": ":".join(sys.path)}
    # The shell leaves at once, and its child is an orphan.
    command = ["sh", "-c", '"$0" -c "$1" & read -r _', sys.executable, WAIT]
    with subprocess.Popen(command, env=path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        assert process.communicate("\n", timeout=60)[0].startswith("The process that started the run is gone")

"""The JVM of the driver, as far as it can be told without one."""

from __future__ import annotations

import threading
from typing import Any, List

import pytest
from atmo_run.driver import prepare


class _Jvm:
    """Every name of it leads to itself, so that each call is taken; `asked` has the names."""

    def __init__(self) -> None:
        self.asked: List[str] = []
        self.may_answer = threading.Event()

    def __getattr__(self, name: str) -> Any:
        self.asked.append(name)
        self.may_answer.wait(20)
        return self

    def __call__(self, *_: Any) -> Any:
        return self


class _Refusing:
    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"There is no {name}.")


def test_cells_wait_until_paths_are_resolved() -> None:
    jvm = _Jvm()
    wait = prepare(jvm, "/work", "s3://results/files")
    waited = threading.Thread(target=wait, daemon=True)
    waited.start()
    waited.join(0.2)
    assert waited.is_alive()
    assert "setWorkingDirectory" not in jvm.asked
    jvm.may_answer.set()
    waited.join(20)
    assert not waited.is_alive()
    assert "setWorkingDirectory" in jvm.asked


def test_a_jvm_that_refuses_everything_keeps_no_cell_waiting(caplog: pytest.LogCaptureFixture) -> None:
    prepare(_Refusing(), "/work", "s3://results/files")()
    assert "The run cannot watch its JVM" in caplog.text
    assert "Relative paths of Spark are not in the run's results" in caplog.text

"""The step as a whole: an outcome is left whatever happens, and says why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable, Dict, Tuple

import pytest
from atmo_run import run, stop
from atmo_run.arguments import parse_arguments
from conftest import MemoryStorage, case, notebook_of

NOTEBOOK, PARAMETERS = "s3://n/notebook.ipynb", "s3://n/parameters.json"
RUN = "s3://r/job/runs/r-1/"
Step = Callable[..., Tuple[int, Dict[str, Any]]]


@pytest.fixture
def step(storage: MemoryStorage, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Step:
    monkeypatch.setattr(run, "Storage", lambda _credentials: storage)
    # Signals and the deadline are test_stop.py's.
    monkeypatch.setattr(stop.Stop, "start", lambda _self: None)

    def execute(notebook: str, parameters: str = "{}") -> Tuple[int, Dict[str, Any]]:
        storage.objects.update({NOTEBOOK: notebook.encode(), PARAMETERS: parameters.encode()})
        given = ["--notebook", NOTEBOOK, "--parameters", PARAMETERS, "--results", "s3://r/job/", "--run-id", "r-1"]
        with capfd.disabled():
            code = run.run_step(parse_arguments(given))
        return code, json.loads(storage.objects[f"{RUN}outcome.json"])

    return execute


@pytest.mark.parametrize(
    ("notebook", "parameters", "reason"),
    [
        (case("language-r"), "{}", "The notebook is written for R. Spark jobs run notebooks in Python (PySpark) only."),
        ("{", "{}", "The notebook cannot be read: it is not JSON"),
        ("[" * 100_000, "{}", "The notebook cannot be read: it is nested too deeply."),
        (notebook_of("1"), '{"class": 1}', "'class' cannot be the name of a parameter."),
        (notebook_of("1"), "no", "The file of parameters is not JSON"),
    ],
)
def test_reason_where_no_cell_is_to_blame(step: Step, notebook: str, parameters: str, reason: str) -> None:
    code, outcome = step(notebook, parameters)
    assert (code, outcome["status"], outcome["failure"]) == (1, "failed", None)
    assert outcome["reason"].startswith(reason)


def test_reason_of_a_fault_in_the_runner(step: Step, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("in the \x1b[1mrunner\x1b[0m")

    monkeypatch.setattr("atmo_run.jupyter_notebook.run_jupyter_notebook", broken)
    code, outcome = step(notebook_of("1"))
    assert code == 1
    assert outcome["reason"] == "The notebook could not be run to its end: ZeroDivisionError: in the runner"


def test_reason_where_the_kernel_does_not_start(step: Step, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONSTARTUP", "")
    monkeypatch.setattr("atmo_run.jupyter_notebook.KERNEL", "python3-missing")
    code, outcome = step(notebook_of("1"))
    assert (code, outcome["failure"]) == (1, None)
    assert "python3-missing" in outcome["reason"]


def test_success(step: Step, storage: MemoryStorage) -> None:
    code, outcome = step(case("widget-output"))
    assert (code, outcome["status"], outcome["failure"], outcome["reason"]) == (0, "succeeded", None, None)
    assert len(outcome["durations"]) == 1
    told = json.loads(storage.objects.pop(f"{RUN}progress.json"))
    assert (told["cell"], told["cells"]) == (1, 1)
    assert told["startedAt"] <= told["uploadingSince"]
    assert "s3://r/job/latest/progress.json" not in storage.objects
    left = sorted(url[len(RUN) :] for url in storage.objects if url.startswith(RUN))
    assert left == ["notebook.html", "notebook.ipynb", "notebook.md", "outcome.json", "run.log"]
    html = storage.objects[f"{RUN}notebook.html"].decode()
    assert "FloatProgress(value=0.0)" in html
    assert storage.objects["s3://r/job/latest/notebook.html"].decode() == html


def test_failure(step: Step, storage: MemoryStorage) -> None:
    source = "raise ValueError('\x1b[31mred')"
    code, outcome = step(notebook_of("open('kept.txt', 'w').write('kept')", source))
    assert (code, outcome["status"]) == (1, "failed")
    assert outcome["reason"] == "The notebook failed in cell 2: ValueError: red"
    assert outcome["failure"]["cell"] == 2
    assert storage.objects[f"{RUN}files/kept.txt"] == b"kept"
    assert b"\x1b" not in storage.objects[f"{RUN}run.log"]
    assert "An Exception was encountered" in storage.objects[f"{RUN}notebook.html"].decode()


def test_expected_error_has_no_banner(step: Step, storage: MemoryStorage) -> None:
    code, outcome = step(notebook_of({"metadata": {"tags": ["raises-exception"]}, "source": "1/0"}))
    assert (code, outcome["status"]) == (0, "succeeded")
    html = storage.objects[f"{RUN}notebook.html"].decode()
    assert "ZeroDivisionError" in html
    assert "An Exception was encountered" not in html


def test_work_is_removed(step: Step, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    step("{")
    assert list(tmp_path.glob("atmo-run-*")) == []

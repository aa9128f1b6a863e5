"""What the runner says of each way in which a cell can end: never a failure without its cell, name and value."""

from __future__ import annotations

import sys

import pytest
from conftest import RunNotebook, case, notebook_of

OWN_HANDLER = """
def handle(shell, kind, error, trace, tb_offset=None):
    print("handled")
get_ipython().set_custom_exc((Exception,), handle)
"""

FAILURES = [
    pytest.param("1/0", "ZeroDivisionError", "division by zero", id="an error"),
    pytest.param("def f(:", "SyntaxError", "invalid syntax", id="no Python"),
    pytest.param("if True:\nprint(1)", "IndentationError", "expected an indented block", id="indentation"),
    pytest.param("%%configure -f\n{}", "UsageError", "Cell magic `%%configure` not found.", id="sparkmagic"),
    pytest.param("%nothing", "UsageError", "unction `%nothing` not found", id="line magic"),
    pytest.param("%%bash\nexit 3", "CalledProcessError", "returned non-zero exit status 3", id="shell"),
    pytest.param("import sys\nsys.exit(3)", "SystemExit", "3", id="sys.exit(3)"),
    pytest.param("exit(3)", "SystemExit", "3", id="exit(3)"),
    pytest.param("quit('no data')", "SystemExit", "no data", id="quit with a text"),
    pytest.param(OWN_HANDLER + "1/0", "ZeroDivisionError", "division by zero", id="own handler"),
    pytest.param(
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "KernelDied", "ran out of memory", id="kill"
    ),
    pytest.param("import os\nos._exit(4)", "KernelDied", "exit status 4", id="exit of the process"),
    pytest.param("input('name?')", "StdinNotImplementedError", "does not support input requests", id="input"),
    pytest.param(
        "class Odd(Exception):\n    def __str__(self):\n        raise ValueError\nraise Odd",
        "ValueError",
        "",
        id="error without text",
    ),
    pytest.param(
        "from IPython.display import clear_output\ntry:\n    1/0\nfinally:\n    clear_output()",
        "ZeroDivisionError",
        "division by zero",
        id="cleared",
    ),
    pytest.param(
        "get_ipython().events.callbacks['post_run_cell'].clear()\n%nothing",
        "UsageError",
        "unction `%nothing` not found",
        id="callbacks removed",
    ),
    pytest.param("await missing()", "NameError", "name 'missing' is not defined", id="async"),
]
if sys.version_info >= (3, 11):
    FAILURES.append(pytest.param("raise ExceptionGroup('two', [ValueError(1)])", "ExceptionGroup", "two", id="group"))


@pytest.mark.parametrize(("source", "name", "value"), FAILURES)
def test_failing_cell(run_notebook: RunNotebook, source: str, name: str, value: str) -> None:
    run = run_notebook(notebook_of("print('before')", "# second", source, "print('never')"))
    assert run.failure is not None
    assert (run.failure.cell, run.failure.source, run.failure.errorName) == (3, source, name)
    assert value in run.failure.errorValue
    assert name in run.failure.traceback
    assert run.printed(1) == "before\n"
    assert run.printed(4) == ""
    assert "\x1b" not in run.log + run.failure.traceback
    assert f"The notebook failed in cell 3: {name}" in run.log


@pytest.mark.parametrize(
    "source", ["exit()", "exit", "quit()", "exit(0)", "import sys; sys.exit()", "raise SystemExit(None)"]
)
def test_successful_end(run_notebook: RunNotebook, source: str) -> None:
    run = run_notebook(notebook_of("print('before')", source, "print('never')"))
    assert run.failure is None
    assert [cell["outputs"] for cell in run.cells[1:]] == [[], []]
    assert "Cell 2 ended the notebook" in run.log
    assert "papermill-error-cell" not in str(run.cells)


def test_exit_case(run_notebook: RunNotebook) -> None:
    assert run_notebook(case("exit")).failure is None

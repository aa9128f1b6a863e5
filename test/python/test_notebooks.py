"""Notebooks as people upload them: repaired, numbered, given their parameters and run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, List

import pytest
from atmo_run.errors import Refused
from atmo_run.jupyter_notebook import NOTEBOOK
from atmo_run.notebook_document import read_uploaded
from conftest import RunNotebook, case, notebook_of


@pytest.mark.parametrize("name", ["no-metadata", "kernelspec-null", "tags-null"])
def test_absent_and_null_parts(run_notebook: RunNotebook, name: str) -> None:
    run = run_notebook(case(name), '{"x": 1}')
    assert run.failure is None
    assert run.printed(1) == "1\n"


def test_nan_in_metadata(run_notebook: RunNotebook) -> None:
    assert run_notebook(case("nan-in-metadata").replace('"papermill"', '"mine"')).failure is None


def test_bash_with_carriage_returns(run_notebook: RunNotebook) -> None:
    run = run_notebook(case("bash-crlf"))
    assert run.failure is None
    assert run.printed(1) == "yes\n"
    assert [file.name for file in run.work.iterdir()] == ["out.txt"]


def test_progress_bar(run_notebook: RunNotebook) -> None:
    run = run_notebook(case("progress-bar"))
    [output] = run.cells[0]["outputs"]
    assert "".join(output["text"]) == "110%|###########"
    assert run.log.count("110%") == 1


def test_log_keeps_colours_and_nothing_else_of_a_terminal(run_notebook: RunNotebook) -> None:
    run = run_notebook(notebook_of(r"print('\x1b[32mgreen\x1b[0m\x1b[K \x1b]0;title\x07end')", r"print('\x1b[0m')"))
    assert "Cell 1 begins\n\x1b[32mgreen\x1b[0m end\nCell 1 ended\nCell 2 begins\nCell 2 ended" in run.log


def test_kernel_and_runner_talk_without_ports(run_notebook: RunNotebook) -> None:
    # A port that was free when it was chosen may be taken when the kernel binds it, and the run would fail.
    source = """
from ipykernel.kernelapp import IPKernelApp
print(IPKernelApp.instance().transport)
"""
    assert run_notebook(notebook_of(source)).printed(1) == "ipc\n"


def test_temporary_folder_of_any_length(
    run_notebook: RunNotebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / ("n" * 100) / ("m" * 100)
    folder.mkdir(parents=True)
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert run_notebook(notebook_of("import tempfile", "print(tempfile.gettempdir())")).printed(2) == f"{folder}\n"


def test_cleared_outputs(run_notebook: RunNotebook) -> None:
    source = """
from IPython.display import clear_output
for n in range(3):
    clear_output(wait=True)
    print(f"\\r{n}\\x1b]0;title\\x07", flush=True)
"""
    [output] = run_notebook(notebook_of(source)).cells[0]["outputs"]
    assert "".join(output["text"]) == "2\n"


def test_outputs_keep_their_order(run_notebook: RunNotebook) -> None:
    source = """
import sys
from IPython.display import display
for n in range(3):
    print("out", n, flush=True)
    print("err", n, file=sys.stderr, flush=True)
display("between")
print("after")
"""
    run = run_notebook(notebook_of(source))
    outputs = [(output["output_type"], output.get("name")) for output in run.cells[0]["outputs"]]
    assert outputs == [("stream", "stdout"), ("stream", "stderr"), ("display_data", None), ("stream", "stdout")]
    assert run.printed(1) == "out 0\nout 1\nout 2\nerr 0\nerr 1\nerr 2\nafter\n"


def test_terminal_codes(run_notebook: RunNotebook) -> None:
    run = run_notebook(case("hyperlink-in-error"))
    assert run.failure is not None
    assert run.failure.errorValue == "see docs  end"
    assert "\x1b" not in run.failure.traceback + run.log
    # Colours stay in the notebook, hyperlinks do not.
    [error] = run.cells[-1]["outputs"]
    assert "\x1b[" in "".join(error["traceback"])
    assert "\x1b]" not in json.dumps(error)


def test_one_number(run_notebook: RunNotebook) -> None:
    tagged = {"metadata": {"tags": ["parameters"]}, "source": "day = 'default'"}
    injected = {"metadata": {"tags": ["injected-parameters"]}, "source": "day = 'old'"}
    skipped = {"metadata": {"tags": ["skip-execution"]}, "source": "1/0"}
    text = notebook_of("", tagged, injected, skipped, "print(day)", "", "raise ValueError(day)", "print('never')")
    run = run_notebook(text, '{"day": "today"}')
    assert run.failure is not None
    assert (run.failure.cell, run.failure.errorValue) == (7, "today")
    assert re.search(r"Cell In\[7\], line 1", run.failure.traceback)
    assert "Cell 7 begins" in run.log
    assert "Cell 3 holds the parameters of an earlier run" in run.log
    code = [cell for cell in run.cells if cell["cell_type"] == "code"]
    counts = [(cell["metadata"].get("atmo", {}).get("cell"), cell["execution_count"]) for cell in code]
    assert counts == [(1, None), (2, 2), (None, None), (4, None), (5, 5), (6, None), (7, 7), (8, None)]
    assert run.printed(5) == "today\n"
    # papermill's notes about the failed cell.
    assert "In [7]" in "".join(run.cells[0]["source"])


def test_earlier_injected_cell(run_notebook: RunNotebook) -> None:
    run = run_notebook(case("uploaded-with-injected-cell"))
    assert run.failure is not None
    assert (run.failure.cell, run.failure.errorValue) == (3, "default")


def test_parameters_as_given(run_notebook: RunNotebook) -> None:
    given = '{"x": 7, "rate": 1.0, "client": "it\'s \\"q\\" \\\\ \\n日本", "z": 6, "big": 9223372036854775807}'
    run = run_notebook(case("parameters-typed"), given)
    assert run.failure is None
    client = repr('it\'s "q" \\ \n日本')
    assert run.printed(3) == f"7 float {client} 6 9223372036854775807\n"
    assert "Cell 2 is tagged 'parameters' too" in run.log


def test_integer_of_any_size(run_notebook: RunNotebook) -> None:
    digits = "7" * 5000
    source = (
        "import sys\nsys.set_int_max_str_digits(0) if hasattr(sys, 'set_int_max_str_digits') else None\nprint(n, e)"
    )
    run = run_notebook(notebook_of(source), f'{{"n": {digits}, "e": [1e400, null, true]}}')
    assert run.printed(1) == f"{digits} [inf, None, True]\n"
    assert "Error in callback" not in run.log


def test_expected_error(run_notebook: RunNotebook) -> None:
    expected = {"metadata": {"tags": ["raises-exception"]}, "source": "1/0"}
    run = run_notebook(notebook_of(expected, "print('after')"))
    assert run.failure is None
    assert run.printed(2) == "after\n"
    assert "papermill-error-cell" not in str(run.cells)


def test_saved_after_every_cell(run_notebook: RunNotebook, storage: Any) -> None:
    saved = []
    write = storage.write

    def spy(location: object, body: bytes, headers: object) -> None:
        if str(location).endswith(NOTEBOOK):
            saved.append(json.loads(body))
        write(location, body, headers)

    storage.write = spy
    run_notebook(notebook_of("print('one')", "import time\ntime.sleep(1.5)\nprint('two')"))
    assert any(book["cells"][0]["outputs"] and not book["cells"][1]["outputs"] for book in saved)
    assert f"s3://results/job/runs/r/{NOTEBOOK}" in storage.objects


def test_expected_kernel_names(run_notebook: RunNotebook) -> None:
    text = case("emr-pyspark").replace("spark.range(5).count()", "5")
    assert run_notebook(text).printed(1) == "5\n"


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}, "R"),
        ({"kernelspec": {"name": "sparkkernel", "language": ""}, "language_info": {"name": "scala"}}, "scala"),
        ({"kernelspec": {"name": "sparkrkernel", "language": ""}}, "R"),
        ({"language_info": {"name": "julia"}}, "julia"),
        ({"kernelspec": {"name": "julia-1.11"}}, "Julia"),
    ],
)
def test_foreign_languages(metadata: object, language: str) -> None:
    with pytest.raises(Refused, match=f"is written for {language}. Spark jobs run"):
        read_uploaded(json.dumps({"nbformat": 4, "metadata": metadata, "cells": []}))


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"name": "python3", "language": "python"}},
        {"kernelspec": {"name": "pysparkkernel", "language": ""}, "language_info": {"name": "pyspark"}},
        {"kernelspec": {"name": "conda-env-mine-py"}},
        {"kernelspec": {"name": "iris"}},
        {"kernelspec": {"name": "mine", "language": None}, "language_info": {"name": "ipython"}},
        None,
    ],
)
def test_python_notebooks(metadata: object) -> None:
    assert read_uploaded(json.dumps({"nbformat": 4, "metadata": metadata, "cells": []})).cells == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "it is not JSON"),
        ("[" * 200_000, "nested too deeply"),
        ("[]", "it has no list of cells"),
        ('{"nbformat": 4, "cells": [{"source": "1"}]}', "cell 1 of all its cells has no type"),
        ('{"nbformat": 3, "cells": []}', "has format 3, only format 4 runs"),
    ],
)
def test_unreadable(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_uploaded(text)


def test_repaired_parts() -> None:
    cells = [
        {"cell_type": "code", "id": "a b", "source": None, "outputs": None},
        {"cell_type": "code", "id": "same", "source": ["a\r\n", "b\r", None], "metadata": {"tags": ["x", 3]}},
        {"cell_type": "markdown", "id": "same", "source": "text", "attachments": None},
    ]
    notebook = read_uploaded(json.dumps({"nbformat": 4, "metadata": {"widgets": {}}, "cells": cells}))
    assert [cell.source for cell in notebook.cells] == ["", "a\nb\n", "text"]
    assert len({cell.id for cell in notebook.cells}) == 3
    assert notebook.cells[1].metadata == {"tags": ["x"], "atmo": {"cell": 2}}
    assert notebook.metadata == {}


def test_cells_wait_until_they_may_run(run_notebook: RunNotebook, tmp_path: Path) -> None:
    file = tmp_path / "prepared"
    run = run_notebook(notebook_of(f"import os\nos.path.exists({str(file)!r})"), prepared=file.touch)
    assert "".join(run.cells[0]["outputs"][0]["data"]["text/plain"]) == "True"


def test_progress(run_notebook: RunNotebook, storage: Any) -> None:
    """It tells the cell that runs, of all code cells as uploaded; the cell of parameters is none of them."""
    told: List[Any] = []
    write = storage.write

    def watched(location: Any, body: bytes, headers: Any) -> None:
        if str(location).endswith("progress.json"):
            told.append(json.loads(body))
        write(location, body, headers)

    storage.write = watched
    cells = ["import time; time.sleep(0.3)", "", "time.sleep(0.3); 1/0", "3"]
    assert run_notebook(notebook_of(*cells), '{"a": 1}').failure is not None
    assert {each["cells"] for each in told} == {4}
    seen = [each["cell"] for each in told]
    assert seen[-1] == 3
    assert 1 in seen
    assert 4 not in seen
    assert all(each["uploadingSince"] is None and each["startedAt"] for each in told)

"""Runs a Jupyter notebook with papermill under the cluster's PySpark kernel."""

from __future__ import annotations

import keyword
import logging
from pathlib import Path
from typing import Any, Dict, List, Optional

import papermill
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.execute import ERROR_MARKER_TAG
from papermill.iorw import papermill_io

from .errors import Refused
from .notebook_client import ENGINE, KernelDied
from .outcome import Execution, Failure
from .rendering import read_notebook
from .results import Results
from .stop import Stop

#: The only kernel there is; `kernel/kernel.json` says what it does.
KERNEL = "pyspark"
NOTEBOOK = "notebook.ipynb"

_log = logging.getLogger("atmo")
_SCHEME = "results://"
_UPLOADED = f"{_SCHEME}uploaded.ipynb"
# Spark's JVM on a busy machine takes its time, and it starts within the first cell; this is Python alone.
_KERNEL_START_SECONDS = 180
# `sys.exit()` and `sys.exit(0)` end a notebook early, for papermill too.
_SUCCESSFUL_EXITS = {"", "0"}


class _ResultsHandler:
    """Lets papermill save the notebook, which it does before and after every cell, straight to the results."""

    def __init__(self, uploaded: str, results: Results) -> None:
        self._uploaded = uploaded
        self._results = results

    def read(self, _path: str) -> str:
        return self._uploaded

    def write(self, text: str, path: str) -> None:
        self._results.save(path[len(_SCHEME) :], text)

    def pretty_path(self, path: str) -> str:
        return path


def run_jupyter_notebook(
    text: str, parameters: Dict[str, Any], work: Path, results: Results, stop: Stop
) -> Execution:
    """Runs all cells until one fails or `stop` says so; the notebook is in `results` whatever happens."""
    _check(text, parameters)
    papermill_io.register(_SCHEME, _ResultsHandler(text, results))
    try:
        papermill.execute_notebook(
            _UPLOADED,
            f"{_SCHEME}{NOTEBOOK}",
            parameters=parameters,
            engine_name=ENGINE,
            kernel_name=KERNEL,
            language="python",
            progress_bar=False,
            log_output=True,
            start_timeout=_KERNEL_START_SECONDS,
            cwd=str(work),
            stop=stop,
        )
    except (PapermillExecutionError, KernelDied):
        _log.info("A cell failed")
    except (RuntimeError, DeadKernelError):
        # The kernel did not start, or ended between two cells. Not a failure when it was told to.
        if not stop.requested:
            raise
    finally:
        stop.release()
    executed = read_notebook((results.folder / NOTEBOOK).read_text(encoding="utf-8"))
    return Execution(_failure(executed), _durations(executed))


def _check(text: str, parameters: Dict[str, Any]) -> None:
    try:
        notebook = read_notebook(text)
    except Exception as error:
        raise Refused(f"The notebook cannot be read: {error}") from error
    kernelspec = notebook.metadata.get("kernelspec", {})
    language = kernelspec.get("language") or notebook.metadata.get("language_info", {}).get("name") or "python"
    if not language.lower().startswith("python"):
        name = kernelspec.get("display_name") or language
        raise Refused(f"The notebook is written for {name}; clusters have a Python kernel (PySpark) only.")
    for name in parameters:
        # papermill writes "name = value" into a cell, without a look at the name.
        if not name.isidentifier() or keyword.iskeyword(name):
            raise Refused(f"{name!r} cannot be the name of a parameter: it is no Python variable name.")


def _code_cells(notebook: NotebookNode) -> List[NotebookNode]:
    """The cells that the person wrote, so that numbers agree with the notebook as uploaded."""
    ours = {"injected-parameters", ERROR_MARKER_TAG}
    return [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and not ours.intersection(cell.metadata.get("tags", []))
    ]


def _failure(notebook: NotebookNode) -> Optional[Failure]:
    code_cells = _code_cells(notebook)
    for cell in notebook.cells:
        if cell.metadata.get("papermill", {}).get("exception") is not True:
            continue
        number = next((at for at, candidate in enumerate(code_cells, start=1) if candidate is cell), None)
        error = next((out for out in reversed(cell.get("outputs", [])) if out.output_type == "error"), None)
        if error is None:
            return Failure.of(number, cell.source, "CellExecutionError", "", "")
        if error.ename == "SystemExit" and error.evalue in _SUCCESSFUL_EXITS:
            continue
        return Failure.of(number, cell.source, error.ename, error.evalue, "\n".join(error.traceback))
    return None


def _durations(notebook: NotebookNode) -> List[float]:
    taken = [cell.metadata.get("papermill", {}).get("duration") for cell in _code_cells(notebook)]
    return [round(seconds, 3) for seconds in taken if seconds is not None]

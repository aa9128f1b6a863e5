"""Runs a Jupyter notebook with papermill's engine under the cluster's PySpark kernel."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.execute import ERROR_ANCHOR_MSG, ERROR_MARKER_TAG, ERROR_MESSAGE_TEMPLATE
from papermill.iorw import papermill_io

from .errors import Refused
from .notebook_client import StoppableEngine
from .notebook_document import inject, number_of, read_uploaded
from .outcome import Execution, Failure
from .results import Results
from .stop import Stop

#: The only kernel there is; `kernel/kernel.json` says what it does.
KERNEL = "pyspark"
NOTEBOOK = "notebook.ipynb"

_log = logging.getLogger("atmo")
_SCHEME = "results://"
# Spark's JVM on a busy machine takes its time, and it starts within the first cell; this is Python alone.
_KERNEL_START_SECONDS = 180


class _ResultsHandler:
    """Lets papermill save the notebook, which it does before and after every cell, straight to the results."""

    def __init__(self, results: Results) -> None:
        self._results = results

    def write(self, text: str, path: str) -> None:
        self._results.save(path[len(_SCHEME) :], text)

    def pretty_path(self, path: str) -> str:
        return path


def run_jupyter_notebook(
    text: str, parameters: Dict[str, Any], work: Path, results: Results, stop: Stop, prepared: Callable[[], None]
) -> Execution:
    """Runs all cells until one fails or `stop` is set. The notebook is always stored in `results`.

    `prepared` returns when cells may run; the kernel starts meanwhile.
    """
    notebook = read_uploaded(text)
    inject(notebook, parameters)
    notebook.metadata["papermill"] = {"version": papermill.__version__}
    for cell in notebook.cells:
        cell.metadata["papermill"] = {}
    results.progress.begin(sum(number_of(cell) is not None for cell in notebook.cells))
    papermill_io.register(_SCHEME, _ResultsHandler(results))
    try:
        # Not papermill.execute_notebook(): that takes an error which a cell is tagged to raise for a failure.
        StoppableEngine.execute_notebook(
            notebook,
            KERNEL,
            output_path=f"{_SCHEME}{NOTEBOOK}",
            progress_bar=False,
            startup_timeout=_KERNEL_START_SECONDS,
            log=_log,
            cwd=str(work),
            stop=stop,
            progress=results.progress,
            prepared=prepared,
        )
    except (RuntimeError, DeadKernelError) as error:
        # Not a failure when it was told to end.
        if not stop.requested:
            raise Refused(f"The notebook's kernel did not start, or ended outside any cell: {error}") from error
    finally:
        stop.release()
    failed = _failed_cell(notebook)
    failure = None if failed is None else _failure(failed)
    if failed is not None:
        _log.info("The notebook failed %s", failure)
        _mark(notebook, failed)
        results.save(NOTEBOOK, nbformat.writes(notebook))
    return Execution(failure, _durations(notebook))


def _failed_cell(notebook: NotebookNode) -> Optional[NotebookNode]:
    return next((cell for cell in notebook.cells if cell.metadata.papermill.get("exception") is True), None)


def _failure(cell: NotebookNode) -> Failure:
    error = next(out for out in reversed(cell.outputs) if out.output_type == "error")
    return Failure.of(number_of(cell), cell.source, error.ename, error.evalue, "\n".join(error.traceback))


def _mark(notebook: NotebookNode, failed: NotebookNode) -> None:
    """Adds papermill's notes: one at the top that leads to the failed cell, one in front of it."""
    place = next(at for at, cell in enumerate(notebook.cells) if cell is failed)
    for at, text in ((place, ERROR_ANCHOR_MSG), (0, ERROR_MESSAGE_TEMPLATE % failed.execution_count)):
        notebook.cells.insert(at, nbformat.v4.new_markdown_cell(text, metadata={"tags": [ERROR_MARKER_TAG]}))


def _durations(notebook: NotebookNode) -> List[float]:
    numbered = [cell for cell in notebook.cells if number_of(cell) is not None]
    taken = [cell.metadata.papermill.get("duration") for cell in numbered]
    return [round(seconds, 3) for seconds in taken if seconds is not None]

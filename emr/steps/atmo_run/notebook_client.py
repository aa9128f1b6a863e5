"""Runs cells one by one, ready to be stopped at any moment."""

from __future__ import annotations

import os
import signal
from typing import Any, Optional

import nbformat
from nbclient.exceptions import CellExecutionError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

from .stop import Stop

ENGINE = "atmo"


class KernelDied(Exception):
    """The kernel ended by itself in the middle of a cell."""


class StoppableClient(PapermillNotebookClient):
    """papermill's client, except that a `Stop` ends it and that a dead kernel is a failure of the cell it died in."""

    def __init__(self, nb_man: Any, stop: Stop, **options: Any) -> None:
        super().__init__(nb_man, **options)
        self._stop = stop

    def papermill_execute_cells(self) -> None:
        self._stop.register(self._interrupt)
        for index, cell in enumerate(self.nb.cells):
            if self._stop.requested:
                break
            if cell.cell_type != "code":
                # papermill would save the whole notebook before and after it, and nothing has changed.
                continue
            try:
                self.nb_man.cell_start(cell, index)
                self.execute_cell(cell, index)
            except CellExecutionError as error:
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                break
            except DeadKernelError as error:
                cell.outputs.append(self._death())
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
                # Out of here at once: papermill would go on talking to the kernel.
                raise KernelDied from error
            finally:
                self.nb_man.cell_complete(cell, cell_index=index)

    def _death(self) -> nbformat.NotebookNode:
        name, text = "KernelDied", self._cause_of_death()
        if self._stop.requested:
            name, text = "Stopped", f"{self._stop.reason}; the cell did not react to being interrupted."
        return nbformat.v4.new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"])

    def _cause_of_death(self) -> str:
        process = getattr(self.km.provisioner, "process", None)
        code: Optional[int] = process.poll() if process else None
        if code == -signal.SIGKILL:
            # Only the machine kills like that here, and it does so when memory runs out.
            return "The kernel was killed (signal 9), most probably because the machine ran out of memory."
        how = f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"
        return f"The kernel ended in the middle of the cell ({how})."

    def _interrupt(self, last: bool) -> None:
        # Called from another thread: the kernel's process is signalled, its manager belongs to the event loop.
        group = getattr(self.km.provisioner, "pgid", None) if self.km and self.km.has_kernel else None
        if group:
            try:
                os.killpg(group, signal.SIGKILL if last else signal.SIGINT)
            except ProcessLookupError:
                pass


class StoppableEngine(NBClientEngine):
    """The papermill engine of this step."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, stop: Stop, **options: Any) -> None:
        for name in ("input_path", "stdout_file", "stderr_file"):
            options.pop(name, None)
        startup_timeout = options.pop("start_timeout")
        StoppableClient(
            nb_man, stop, kernel_name=kernel_name, startup_timeout=startup_timeout, timeout=None, **options
        ).execute()


papermill_engines.register(ENGINE, StoppableEngine)

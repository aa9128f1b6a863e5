"""Runs cells one by one; can be stopped at any time."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Callable, Dict, List, Optional

import nbformat
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine

from . import streams
from .notebook_document import number_of
from .progress import Progress
from .stop import Stop
from .terminal_text import plain, styled, styled_lines

_UNATTENDED = "get_ipython().run_line_magic('load_ext', 'atmo_unattended')"
# Not through a name of the notebook's, which it may have given to something else.
_BEGIN_CELL = "__import__('sys').modules['atmo_unattended'].begin_cell({number})"
# `exit()`, `sys.exit(0)` and `raise SystemExit` end a notebook early.
_SUCCESSFUL_EXITS = {"", "0", "None", "False"}
# Not the temporary folder of the environment: the path of a socket has at most 107 bytes, see unix(7).
_SOCKETS = "/tmp"


class StoppableClient(PapermillNotebookClient):
    """papermill's client, except that a `Stop` ends it and that a dead kernel is a failure of the cell it died in."""

    def __init__(
        self, nb_man: Any, stop: Stop, progress: Progress, prepared: Callable[[], None], **options: Any
    ) -> None:
        super().__init__(nb_man, on_cell_error=self._complete_error, **options)
        self._stop = stop
        self._prepared = prepared
        self._progress = progress
        self._log_lines: Dict[str, streams.LogLines] = {}
        self._last: Optional[NotebookNode] = None

    def execute(self, **kwargs: Any) -> NotebookNode:
        self.reset_execution_trackers()
        with TemporaryDirectory(prefix="atmo-kernel-", dir=_SOCKETS) as folder:
            manager = self.create_kernel_manager()
            # Not TCP: its ports are chosen before the kernel binds them, and another process may take one meanwhile.
            manager.transport = "ipc"
            manager.connection_file = str(Path(folder) / "connection.json")
            return self._execute(**kwargs)

    def _execute(self, **kwargs: Any) -> NotebookNode:
        with self.setup_kernel(**kwargs):
            kernel = self.wait_for_reply(self.kc.kernel_info())
            self.nb.metadata["language_info"] = kernel["content"]["language_info"]
            if not self._in_kernel(_UNATTENDED):
                raise RuntimeError("The kernel does not take the extension for runs.")
            self._prepared()
            self.papermill_execute_cells()
            self.set_widgets_metadata()
        return self.nb

    def papermill_execute_cells(self) -> None:
        self._stop.register(self._interrupt)
        for index, cell in enumerate(self.nb.cells):
            if self._stop.requested:
                break
            # papermill would save the whole notebook before and after other cells, and nothing has changed.
            if cell.cell_type == "code" and not self._run(cell, index):
                break

    def _run(self, cell: NotebookNode, index: int) -> bool:
        """Whether the notebook continues after this cell."""
        number = number_of(cell)
        self.log.info("%s begins", self._name(cell))
        self._progress.cell_begins(number)
        self.nb_man.cell_start(cell, index)
        try:
            self._in_kernel(_BEGIN_CELL.format(number=number or 0))
            self._last = cell
            # Several added cells have the same number, which IPython's history does not take.
            self.execute_cell(cell, index, store_history=number is not None)
        except CellExecutionError as error:
            if error.ename == "SystemExit" and error.evalue in _SUCCESSFUL_EXITS:
                cell.outputs = [output for output in cell.outputs if output.output_type != "error"]
                self.log.info("%s ended the notebook: the cells after it are not run", self._name(cell))
            else:
                self.nb_man.cell_exception(cell, cell_index=index, exception=error)
            return False
        except DeadKernelError as error:
            # Where it ended between two cells, the earlier one is to blame.
            dead = self._last if self._last is not None else cell
            dead.outputs.append(self._death())
            self.nb_man.cell_exception(dead, cell_index=index, exception=error)
            return False
        finally:
            self._end(cell, index)
        return True

    @staticmethod
    def _complete_error(cell: NotebookNode, cell_index: int, execute_reply: Dict[str, Any]) -> None:
        """Adds the error that the kernel answered with, where the notebook kept it from being shown."""
        if not any(output.output_type == "error" for output in cell.outputs):
            name, value = execute_reply["content"]["ename"], execute_reply["content"]["evalue"]
            cell.outputs.append(_error({"ename": name, "evalue": value, "traceback": [f"{name}: {value}"]}))

    def _end(self, cell: NotebookNode, index: int) -> None:
        if number_of(cell) is None:
            cell.execution_count = None
        streams.finish(cell.outputs)
        for name in list(self._log_lines):
            self._log_text(name, self._log_lines.pop(name).end())
        self.nb_man.cell_complete(cell, cell_index=index)
        self.log.info("%s ended", self._name(cell))

    def _in_kernel(self, code: str) -> bool:
        """Runs code of the runner, without output in the notebook. Returns whether it succeeded."""
        reply = self.wait_for_reply(self.kc.execute(code, silent=True, store_history=False, allow_stdin=False))
        return bool(reply) and reply["content"]["status"] == "ok"

    def output(
        self, outs: List[NotebookNode], msg: Dict[str, Any], display_id: Optional[str], cell_index: int
    ) -> Optional[NotebookNode]:
        content = msg["content"]
        hooked = bool(self.output_hook_stack[msg["parent_header"].get("msg_id")])
        if msg["msg_type"] == "error":
            content.update(_error(content))
        if msg["msg_type"] != "stream" or hooked or self.clear_before_next_output:
            out = super().output(outs, msg, display_id, cell_index)
            if out is not None and out.output_type == "stream":
                out.text = styled(out.text)
            return out
        known = streams.stream_to_extend(outs, content["name"])
        if known is None:
            known = nbformat.v4.new_output("stream", name=content["name"], text="")
            outs.append(known)
        streams.extend(known, content["text"])
        # For the log, which wants the new text only.
        return nbformat.v4.new_output("stream", name=content["name"], text=content["text"])

    def log_output_message(self, output: NotebookNode) -> None:
        if output.output_type == "stream":
            lines = self._log_lines.setdefault(output.name, streams.LogLines())
            self._log_text(output.name, lines.add(output.text))
        elif "text/plain" in output.get("data", {}):
            self._log_text("stdout", output.data["text/plain"])

    def _log_text(self, name: str, text: str) -> None:
        text = styled_lines(text).rstrip("\n")
        if plain(text):
            (self.log.warning if name == "stderr" else self.log.info)("%s", text)

    @staticmethod
    def _name(cell: NotebookNode) -> str:
        return "The cell of parameters" if number_of(cell) is None else f"Cell {number_of(cell)}"

    def _death(self) -> NotebookNode:
        name, text = "KernelDied", self._cause_of_death()
        if self._stop.requested:
            name, text = "Stopped", f"{self._stop.reason}; the cell did not react to being interrupted."
        return _error({"ename": name, "evalue": text, "traceback": [f"{name}: {text}"]})

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
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL if last else signal.SIGINT)


def _error(content: Dict[str, Any]) -> NotebookNode:
    """An error as an output of a notebook, from a message of the kernel."""
    return nbformat.v4.new_output(
        "error",
        ename=plain(content["ename"]),
        evalue=plain(content["evalue"]),
        traceback=[styled(line) for line in content["traceback"]],
    )


class StoppableEngine(Engine):
    """The papermill engine of this step."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, stop: Stop, progress: Progress, cwd: str, **options: Any
    ) -> None:
        options["log_output"] = True
        StoppableClient(nb_man, stop, progress, kernel_name=kernel_name, timeout=None, **options).execute(cwd=cwd)

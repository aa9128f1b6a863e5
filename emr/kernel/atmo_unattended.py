"""IPython extension for a kernel that runs a notebook with nobody watching; the runner loads it before the first cell.

It makes every error reach the runner as an error, and lets the runner number the cells.
"""

from __future__ import annotations

import sys
import traceback
import warnings
from typing import Any, List

from IPython.core.autocall import ExitAutocall
from IPython.core.getipython import get_ipython


class _Exit(ExitAutocall):
    """`exit`, `exit()` and `quit()` as outside notebooks. The kernel's own would end it under the runner's feet."""

    def __call__(self, code: object = None) -> None:
        sys.exit(code)  # type: ignore[arg-type]


class _Errors:
    """Sends errors that IPython prints as text, or leaves to the notebook's own handler, as errors all the same."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._send = shell._showtraceback
        self._sent: List[Any] = []

    def send(self, kind: Any, error: Any, lines: List[str]) -> None:
        self._sent.append(error)
        self._send(kind, error, lines)

    def forget(self, *_: Any) -> None:
        self._sent.clear()

    def send_missing(self, result: Any) -> None:
        if result is None:
            return
        error = result.error_before_exec if result.error_before_exec is not None else result.error_in_exec
        if error is not None and not any(sent is error for sent in self._sent):
            self.send(type(error), error, self._lines(error))

    def _lines(self, error: BaseException) -> List[str]:
        trace = error.__traceback__
        # The frames of IPython are of no use to anybody.
        while trace is not None and not _is_cell(trace.tb_frame.f_code.co_filename):
            trace = trace.tb_next
        try:
            lines: List[str] = self._shell.InteractiveTB.structured_traceback(type(error), error, trace)
            return lines
        except Exception:  # pylint: disable=broad-except
            return traceback.format_exception(type(error), error, trace)


def _is_cell(file: str) -> bool:
    return "ipykernel_" in file or file.startswith("<ipython-input-")


def begin_cell(number: int) -> None:
    """Makes `In [number]` of the next cell. Its traceback then shows the number that log and outcome have for it."""
    shell: Any = get_ipython()
    shell.execution_count = number


def load_ipython_extension(shell: Any) -> None:
    errors = _Errors(shell)
    shell._showtraceback = errors.send
    shell.events.register("pre_run_cell", errors.forget)
    shell.events.register("post_run_cell", errors.send_missing)
    exit_ = _Exit()  # type: ignore[no-untyped-call]
    shell.user_ns.update(exit=exit_, quit=exit_)
    # IPython's hint about leaving an interactive session.
    warnings.filterwarnings("ignore", message="To exit: use")

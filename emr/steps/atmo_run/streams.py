"""Keeps a cell's output as a terminal would show it, while it is printed."""

from __future__ import annotations

from typing import List, Optional

from nbformat import NotebookNode

from .terminal_text import styled

# Characters of a line without an end that are kept for the log.
_LONGEST_LINE = 100_000


def stream_to_extend(outputs: List[NotebookNode], name: str) -> Optional[NotebookNode]:
    """The stream output that a text printed now belongs to: of this name, after the last output of another kind."""
    for output in reversed(outputs):
        if output.output_type != "stream":
            return None
        if output.name == name:
            return output
    return None


def extend(output: NotebookNode, text: str) -> None:
    """Appends a text. Only the last line can still be overwritten, so a long output is not read again each time."""
    kept, line_end, last_line = output.text.rpartition("\n")
    output.text = kept + line_end + styled(last_line + text)


def finish(outputs: List[NotebookNode]) -> None:
    """Ends the cell's last line, which can no longer be overwritten."""
    for output in outputs:
        if output.output_type == "stream":
            output.text = output.text.rstrip("\r")


class LogLines:
    """Passes on a cell's output line by line."""

    def __init__(self) -> None:
        self._rest = ""

    def add(self, text: str) -> str:
        """The lines that are complete now; may be empty."""
        lines, line_end, self._rest = (self._rest + text).rpartition("\n")
        if len(self._rest) > _LONGEST_LINE:
            self._rest = styled(self._rest)[-_LONGEST_LINE:]
        return lines + line_end

    def end(self) -> str:
        """The incomplete last line."""
        rest, self._rest = self._rest, ""
        return rest

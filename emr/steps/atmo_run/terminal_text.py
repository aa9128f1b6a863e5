"""Texts as a terminal would leave them: escape sequences removed, overwritten characters gone."""

from __future__ import annotations

import re
from typing import List

# ECMA-48: https://ecma-international.org/publications-and-standards/standards/ecma-48/
# A string (title, hyperlink, …) runs to its terminator; without one only its beginning is taken for a code.
_STRING = r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])(?:[^\x07\x1b\x90\x98\x9c-\x9f]{0,4096}(?:\x07|\x1b\\|\x9c))?"
_CONTROL_SEQUENCE = r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
_ESCAPE = r"\x1b[ -/]*[0-~]?"
_CODES = re.compile(f"{_STRING}|{_CONTROL_SEQUENCE}|{_ESCAPE}")
# What is left of C0 and C1, except tab, line feed and the two that move the cursor within a line.
_CONTROLS = re.compile(r"[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_STYLE = re.compile(r"\x1b\[[0-9;:]*m")


def plain(text: str) -> str:
    """Text alone, for messages, mails and EMR's logs."""
    return collapsed(_CONTROLS.sub("", _CODES.sub("", text))).replace("\r", "")


def styled(text: str) -> str:
    """Text and its colours, for outputs of a notebook: viewers show those, and nothing else of a terminal."""
    return collapsed(_CONTROLS.sub("", _CODES.sub(_style_only, text)))


def styled_lines(text: str) -> str:
    """Whole lines and their colours, for a log."""
    return styled(text).replace("\r", "")


def _style_only(code: re.Match[str]) -> str:
    return code.group() if _STYLE.fullmatch(code.group()) else ""


def collapsed(text: str) -> str:
    """Carriage returns and backspaces carried out: a progress bar becomes its last state.

    A carriage return at the very end stays, because what overwrites the line may come with the next piece.
    """
    if "\b" in text:
        text = _without_backspaces(text)
    if "\r" not in text:
        return text
    *lines, last = text.split("\n")
    end = "\r" if last.endswith("\r") else ""
    return "\n".join([*map(_last_state, lines), _last_state(last) + end])


def _without_backspaces(text: str) -> str:
    kept: List[str] = []
    for character in text:
        if character != "\b":
            kept.append(character)
        elif kept and kept[-1] not in "\r\n":
            kept.pop()
    return "".join(kept)


def _last_state(line: str) -> str:
    return line.rstrip("\r").rpartition("\r")[2]

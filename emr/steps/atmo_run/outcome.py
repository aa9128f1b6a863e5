"""`outcome.json`: how a run ended, for the portal's page about it. Its fields are described in emr/README.md."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Dict, List, Optional

from .terminal_text import plain

# Enough to understand an error by; a notebook may raise megabytes.
_LONGEST_TEXT = 20_000
# The same for a sentence.
_LONGEST_LINE = 1_000


def _shortened(text: str) -> str:
    text = plain(text)
    if len(text) <= _LONGEST_TEXT:
        return text
    half = _LONGEST_TEXT // 2
    return f"{text[:half]}\n[… {len(text) - 2 * half} characters left out …]\n{text[-half:]}"


@dataclass(frozen=True)
class Failure:
    """The cell that a run ended in."""

    #: Counts the notebook's code cells (a note's paragraphs) from 1, as uploaded; None when no cell is to blame.
    cell: Optional[int]
    source: str
    errorName: str
    errorValue: str
    traceback: str

    @classmethod
    def of(cls, cell: Optional[int], source: str, name: str, value: str, traceback: str) -> Failure:
        return cls(cell, _shortened(source), _shortened(name), _shortened(value), _shortened(traceback))

    def __str__(self) -> str:
        where = f"in cell {self.cell}" if self.cell is not None else "outside its cells"
        value = self.errorValue if len(self.errorValue) <= _LONGEST_LINE else f"{self.errorValue[:_LONGEST_LINE]} …"
        return f"{where}: {self.errorName}: {value}".rstrip(": ")


@dataclass(frozen=True)
class Execution:
    """The result of running the cells."""

    failure: Optional[Failure]
    #: Seconds that each code cell took which was begun, in order.
    durations: List[float] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    #: succeeded, failed, timedOut or notExecuted
    status: str
    failure: Optional[Failure]
    reason: Optional[str]
    startedAt: str
    finishedAt: str
    durations: List[float]
    versions: Dict[str, str]

    def to_json(self) -> bytes:
        # Lone surrogates, which a kernel may print, are no UTF-8.
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2)
        return text.encode("utf-8", errors="replace")

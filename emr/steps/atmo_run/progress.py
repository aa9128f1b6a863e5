"""`progress.json`: how far a run is, for its page in the portal while it runs."""

from __future__ import annotations

import json
from typing import Callable, Optional

from . import clock

PROGRESS = "progress.json"


class Progress:
    """Tells the portal which cell runs. `tell` takes a file's name and text, and must not wait for S3."""

    def __init__(self, tell: Callable[[str, str], None]) -> None:
        self._tell = tell
        self._cells: Optional[int] = None
        self._cell: Optional[int] = None
        self._started_at: Optional[str] = None

    def begin(self, cells: int) -> None:
        """`cells` counts the code cells of the notebook as uploaded (the paragraphs of a note)."""
        self._cells = cells
        self._started_at = clock.iso(clock.now())
        self._say(None)

    def cell_begins(self, number: Optional[int]) -> None:
        """`number` is None for a cell that the run added."""
        self._cell = number
        self._say(None)

    def upload_begins(self) -> None:
        self._say(clock.iso(clock.now()))

    def _say(self, uploading_since: Optional[str]) -> None:
        said = {
            "cell": self._cell,
            "cells": self._cells,
            "startedAt": self._started_at,
            "uploadingSince": uploading_since,
        }
        self._tell(PROGRESS, json.dumps(said))

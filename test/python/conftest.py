"""A run without S3 and Spark: the real kernel and the real runner, results in a folder and in memory."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

import pytest
from atmo_run.jupyter_notebook import NOTEBOOK, run_jupyter_notebook
from atmo_run.outcome import Failure
from atmo_run.parameters import parse_parameters
from atmo_run.results import Results
from atmo_run.stop import Stop
from atmo_run.storage import S3Location

CASES = Path(__file__).parent.parent / "notebooks" / "cases"


class MemoryStorage:
    """What `Storage` does, in memory."""

    def __init__(self) -> None:
        self.objects: Dict[str, bytes] = {}
        self.headers: Dict[str, Dict[str, str]] = {}

    def read(self, location: S3Location) -> bytes:
        return self.objects[str(location)]

    def write(self, location: S3Location, body: bytes, headers: Dict[str, str]) -> None:
        self.objects[str(location)] = body
        self.headers[str(location)] = headers

    def upload(self, location: S3Location, file: Path, headers: Dict[str, str]) -> None:
        self.write(location, file.read_bytes(), headers)

    def keys_below(self, location: S3Location) -> List[str]:
        return [url.split("/", 3)[3] for url in self.objects if url.startswith(str(location))]

    def delete(self, bucket: str, keys: List[str]) -> None:
        for key in keys:
            del self.objects[f"s3://{bucket}/{key}"]


@dataclass(frozen=True)
class Run:
    failure: Optional[Failure]
    cells: List[Any]
    log: str
    work: Path

    def printed(self, number: int) -> str:
        """What the n-th code cell as uploaded printed."""
        cell = next(cell for cell in self.cells if cell["metadata"].get("atmo") == {"cell": number})
        return "".join("".join(output.get("text", "")) for output in cell["outputs"])


RunNotebook = Callable[..., Run]


def notebook_of(*sources: Any, **metadata: Any) -> str:
    """A notebook of these code cells: a text, or a dict with whatever the cell has besides."""
    cells: List[Dict[str, Any]] = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": ""}
        | (source if isinstance(source, dict) else {"source": source})
        for source in sources
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": metadata, "cells": cells})


def case(name: str) -> str:
    return (CASES / f"{name}.ipynb").read_text(encoding="utf-8")


@pytest.fixture
def storage() -> MemoryStorage:
    return MemoryStorage()


@pytest.fixture
def run_notebook(tmp_path: Path, caplog: pytest.LogCaptureFixture, storage: Any) -> RunNotebook:
    def run(text: str, parameters: str = "{}", prepared: Callable[[], None] = lambda: None) -> Run:
        caplog.set_level(logging.INFO)
        folder, work = tmp_path / "results", tmp_path / "work"
        folder.mkdir()
        work.mkdir()
        results = Results(storage, S3Location("results", "job/"), "r", folder)
        execution = run_jupyter_notebook(text, parse_parameters(parameters), work, results, Stop(None), prepared)
        executed = json.loads((folder / NOTEBOOK).read_text(encoding="utf-8"), parse_constant=_no_json)
        return Run(execution.failure, executed["cells"], "\n".join(caplog.messages), work)

    return run


def _no_json(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")

"""Reads an uploaded notebook and completes it, so that it can run."""

from __future__ import annotations

import json
import logging
import re
from typing import Any, Dict, List, Mapping, Optional, Set

import nbformat
from nbformat import NotebookNode

from .errors import Refused
from .language import foreign_language
from .parameters import assignments

_log = logging.getLogger("atmo")
_FORMAT = 4
_PARAMETERS, _INJECTED = "parameters", "injected-parameters"
# Left by earlier runs of papermill, like its injected cells.
_ERROR_MARK = "papermill-error-cell-tag"
_CELL_TYPES = {"code", "markdown", "raw"}
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def read_uploaded(text: str) -> NotebookNode:
    """The notebook with every absent or null part as the empty one and without results of an earlier run.

    Code cells carry their number as `metadata.atmo.cell`. Raises Refused with what no repair helps.
    """
    document = _parsed(text)
    if document.get("nbformat") != _FORMAT:
        raise Refused(
            f"The notebook has format {document.get('nbformat')!r}, only format {_FORMAT} runs. "
            "Open it in JupyterLab, save it and upload it again."
        )
    metadata = _mapping(document.get("metadata"))
    # State of widgets and of papermill, from a run elsewhere.
    for stale in ("widgets", "papermill"):
        metadata.pop(stale, None)
    for part in ("kernelspec", "language_info"):
        if not _mapping(metadata.get(part)):
            metadata.pop(part, None)
    notebook = nbformat.from_dict(
        {"nbformat": _FORMAT, "nbformat_minor": 5, "metadata": metadata, "cells": _cells(document)}
    )
    language = foreign_language(notebook)
    if language is not None:
        raise Refused(f"The notebook is written for {language}. Spark jobs run notebooks in Python (PySpark) only.")
    return notebook


def inject(notebook: NotebookNode, parameters: Mapping[str, Any]) -> None:
    """Removes what papermill left in the notebook before, and adds a cell that sets the parameters.

    It follows the first cell tagged `parameters`, or comes first of all. A second tagged cell would set its own
    values again, so the given ones follow it too.
    """
    cells: List[NotebookNode] = []
    tagged = 0
    for cell in notebook.cells:
        if _INJECTED in cell.metadata.tags:
            _log.warning("%s holds the parameters of an earlier run: it is left out", _name(cell))
            continue
        if _ERROR_MARK in cell.metadata.tags:
            continue
        cells.append(cell)
        if cell.cell_type == "code" and _PARAMETERS in cell.metadata.tags:
            tagged += 1
            if tagged > 1:
                _log.warning("%s is tagged 'parameters' too: only the first such cell counts", _name(cell))
            if parameters:
                cells.append(_injected(parameters))
    if parameters and tagged == 0:
        _log.warning("No cell is tagged 'parameters': they are set before the first cell")
        cells.insert(0, _injected(parameters))
    notebook.cells = cells


def number_of(cell: NotebookNode) -> Optional[int]:
    """The cell's place among the code cells as uploaded, from 1; None for cells that the runner added."""
    number = cell.metadata.get("atmo", {}).get("cell")
    return number if isinstance(number, int) else None


def _injected(parameters: Mapping[str, Any]) -> NotebookNode:
    return nbformat.v4.new_code_cell(assignments(parameters), metadata={"tags": [_INJECTED]})


def _name(cell: NotebookNode) -> str:
    return "A cell" if number_of(cell) is None else f"Cell {number_of(cell)}"


def _parsed(text: str) -> Dict[str, Any]:
    try:
        # NaN and Infinity are not JSON, although Python writes them: viewers could not read the executed notebook.
        document = json.loads(text, parse_constant=lambda _constant: None)
    except RecursionError as error:
        raise Refused("The notebook cannot be read: it is nested too deeply.") from error
    except ValueError as error:
        raise Refused(f"The notebook cannot be read: it is not JSON ({error}).") from error
    if not isinstance(document, dict) or not isinstance(document.get("cells"), list):
        raise Refused("The notebook cannot be read: it has no list of cells.")
    return document


def _cells(document: Mapping[str, Any]) -> List[Dict[str, Any]]:
    ids: Set[str] = set()
    numbered = 0
    cells = []
    for place, cell in enumerate(document["cells"], start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in _CELL_TYPES:
            raise Refused(f"The notebook cannot be read: cell {place} of all its cells has no type that Jupyter knows.")
        repaired = _repaired(cell, ids)
        if repaired["cell_type"] == "code":
            numbered += 1
            repaired["metadata"]["atmo"] = {"cell": numbered}
        cells.append(repaired)
    return cells


def _repaired(cell: Mapping[str, Any], ids: Set[str]) -> Dict[str, Any]:
    metadata = _mapping(cell.get("metadata"))
    metadata.pop("papermill", None)
    tags = metadata.get("tags")
    metadata["tags"] = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    repaired = {
        "cell_type": cell["cell_type"],
        "id": _own_id(cell.get("id"), ids),
        "metadata": metadata,
        "source": _source(cell.get("source")),
    }
    if cell["cell_type"] == "code":
        return {**repaired, "execution_count": None, "outputs": []}
    attachments = _mapping(cell.get("attachments"))
    return {**repaired, "attachments": attachments} if attachments else repaired


def _own_id(given: Any, ids: Set[str]) -> str:
    own = given if isinstance(given, str) and _CELL_ID.fullmatch(given) and given not in ids else f"cell-{len(ids) + 1}"
    while own in ids:
        own += "-"
    ids.add(own)
    return own


def _source(source: Any) -> str:
    lines = source if isinstance(source, list) else [source]
    text = "".join(line for line in lines if isinstance(line, str))
    # Shells and other programs that a cell hands its text to take a carriage return for part of a word.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _mapping(value: Any) -> Dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}

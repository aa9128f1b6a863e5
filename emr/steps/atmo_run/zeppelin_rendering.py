"""Shows a Zeppelin note as a notebook, so that both are rendered alike."""

from __future__ import annotations

import html
import re
from typing import Any, Dict, List, Optional

import nbformat
from nbformat import NotebookNode

_MARKDOWN = re.compile(r"^\s*%md(?:\.\w+)?(?:\([^)]*\))?[ \t]*\n?")


def as_notebook(note: Dict[str, Any]) -> NotebookNode:
    """A title and Markdown become Markdown cells, every other paragraph a code cell with its results."""
    cells: List[NotebookNode] = [nbformat.v4.new_markdown_cell(f"# {note.get('name') or 'Note'}")]
    for number, paragraph in enumerate(note.get("paragraphs", []), start=1):
        text = str(paragraph.get("text") or "")
        if paragraph.get("title"):
            cells.append(nbformat.v4.new_markdown_cell(f"## {paragraph['title']}"))
        if _MARKDOWN.match(text):
            cells.append(nbformat.v4.new_markdown_cell(_MARKDOWN.sub("", text, count=1)))
        elif text.strip():
            cells.append(_code_cell(number, text, paragraph))
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["title"] = str(note.get("name") or "Note")
    return notebook


def _code_cell(number: int, text: str, paragraph: Dict[str, Any]) -> NotebookNode:
    results = paragraph.get("results") or {}
    failed = results.get("code") == "ERROR"
    outputs = [_output(message, failed) for message in results.get("msg") or []]
    executed = paragraph.get("status") in ("FINISHED", "ERROR", "ABORT")
    return nbformat.v4.new_code_cell(
        text, outputs=[output for output in outputs if output], execution_count=number if executed else None
    )


def _output(message: Dict[str, Any], failed: bool) -> Optional[NotebookNode]:
    kind, data = str(message.get("type") or "TEXT"), str(message.get("data") or "")
    if not data:
        return None
    if kind == "TABLE":
        return nbformat.v4.new_output("display_data", {"text/html": _table(data), "text/plain": data})
    if kind == "IMG":
        return nbformat.v4.new_output("display_data", {"image/png": data, "text/plain": "(picture)"})
    if kind in ("HTML", "ANGULAR"):
        return nbformat.v4.new_output("display_data", {"text/html": data})
    return nbformat.v4.new_output("stream", name="stderr" if failed else "stdout", text=data)


def _table(data: str) -> str:
    head, *rows = [line.split("\t") for line in data.rstrip("\n").split("\n")]
    return "".join(
        [
            "<table>\n<thead><tr>",
            *(f"<th>{html.escape(cell)}</th>" for cell in head),
            "</tr></thead>\n<tbody>\n",
            *("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows),
            "</tbody>\n</table>",
        ]
    )

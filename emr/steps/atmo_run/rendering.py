"""Renders an executed notebook for people: one HTML page, and Markdown with its pictures beside it."""

from __future__ import annotations

import logging
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter, MarkdownExporter
from nbformat import NotebookNode

_log = logging.getLogger("atmo")


def render(notebook: NotebookNode, folder: Path) -> None:
    """Writes `notebook.html`, `notebook.md` and `notebook_files/`. What cannot be rendered is logged and left out."""
    for renderer in (_html, _markdown):
        try:
            renderer(notebook, folder)
        except Exception as error:  # pylint: disable=broad-except
            _log.warning("Could not render the notebook (%s): %s", renderer.__name__.strip("_"), error)


def _html(notebook: NotebookNode, folder: Path) -> None:
    # Shown in a sandboxed frame. The libraries that nbconvert would load from elsewhere, but for formulas, are not
    # needed for what is already rendered.
    exporter = HTMLExporter(require_js_url="", jquery_url="", mermaid_js_url="")
    html, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": "Notebook"}})
    _write(folder / "notebook.html", html)


def _markdown(notebook: NotebookNode, folder: Path) -> None:
    markdown, resources = MarkdownExporter().from_notebook_node(
        notebook, {"unique_key": "notebook", "output_files_dir": "notebook_files"}
    )
    _write(folder / "notebook.md", markdown)
    for name, body in (resources.get("outputs") or {}).items():
        file = folder / name
        # Names are nbconvert's own; an attachment's could come from the notebook.
        if folder.resolve() not in file.resolve().parents:
            _log.warning("Left out a picture with the name %r", name)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)


def _write(file: Path, text: str) -> None:
    file.write_bytes(text.encode("utf-8", errors="replace"))


def read_notebook(text: str) -> NotebookNode:
    return nbformat.reads(text, as_version=4)

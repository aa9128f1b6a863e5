"""Renders an executed notebook for people: one HTML page, and Markdown with its pictures beside it."""

from __future__ import annotations

import json
import logging
import resource
import sys
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter, MarkdownExporter
from nbformat import NotebookNode

from .zeppelin_rendering import as_notebook

_log = logging.getLogger("atmo")
# So that a large notebook does not take the memory of the whole machine.
_MOST_MEMORY = 4 * 1024**3


def render(notebook: NotebookNode, folder: Path) -> None:
    """Writes `notebook.html`, `notebook.md` and `notebook_files/`. What cannot be rendered is logged and left out."""
    _without_widgets(notebook)
    for renderer in (_html, _markdown):
        try:
            renderer(notebook, folder)
        except Exception as error:  # pylint: disable=broad-except
            _log.warning("Could not render the notebook (%s): %s", renderer.__name__.strip("_"), error)


def _without_widgets(notebook: NotebookNode) -> None:
    # A widget needs its libraries from elsewhere, and nbconvert breaks off at a state that is incomplete
    # (https://github.com/jupyter/nbconvert/issues/1731). Each has a text of its own to show instead.
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)


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


def _limit_memory() -> None:
    try:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, most))
    except (OSError, ValueError) as error:
        # Not every system that a local stack runs on can.
        _log.warning("Rendering without a limit of memory: %s", error)


def main(folder: Path) -> None:
    """Renders the notebook or note that lies in a folder, if there is one."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    _limit_memory()
    notebook, note = folder / "notebook.ipynb", folder / "notebook.zpln"
    if notebook.exists():
        render(read_notebook(notebook.read_text(encoding="utf-8")), folder)
    elif note.exists():
        render(as_notebook(json.loads(note.read_text(encoding="utf-8"))), folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

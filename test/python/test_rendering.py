"""Rendering of notebooks with widgets, which nothing in a sandbox can bring to life."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from atmo_run.rendering import render


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"abc": {"model_name": "FloatProgressModel"}},
        {"state": {}},
        {"state": {"abc": {"model_name": "FloatProgressModel", "state": {}}}, "version_major": 2, "version_minor": 0},
    ],
)
def test_a_widget_is_shown_as_text(state: Any, tmp_path: Path) -> None:
    data = {
        "application/vnd.jupyter.widget-view+json": {"model_id": "abc", "version_major": 2, "version_minor": 0},
        "text/plain": "FloatProgress(value=0.0)",
    }
    cell = nbformat.v4.new_code_cell("show()", outputs=[nbformat.v4.new_output("display_data", data)])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": state}
    render(notebook, tmp_path)
    assert "<pre>FloatProgress(value=0.0)</pre>" in (tmp_path / "notebook.html").read_text(encoding="utf-8")
    assert "FloatProgress(value=0.0)" in (tmp_path / "notebook.md").read_text(encoding="utf-8")

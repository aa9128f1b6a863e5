"""Tells whether a notebook is written in Python, by what it says of itself."""

from __future__ import annotations

import re
from typing import Optional

from nbformat import NotebookNode

# As in shared/domain/notebook/notebook-language.ts, which tells it at upload.
_PYTHON = re.compile(r"(i?python|pyspark|xpython)", re.IGNORECASE)
_FOREIGN_KERNELS = (
    (re.compile(r"(ir|irkernel|xr)\d*$|sparkr"), "R"),
    (re.compile(r"scala|almond|spylon|apache_toree_scala|sparkkernel"), "Scala"),
    (re.compile(r"julia"), "Julia"),
    (re.compile(r"bash|calysto_bash"), "Bash"),
)


def foreign_language(notebook: NotebookNode) -> Optional[str]:
    """The language of a notebook that is not Python's, as a person calls it; None when it is Python or says nothing.

    EMR's own PySpark notebooks call their language `pyspark`, or leave it empty.
    """
    kernelspec, info = notebook.metadata.get("kernelspec", {}), notebook.metadata.get("language_info", {})
    kernel = _text(kernelspec.get("name"))
    languages = [name for name in (_text(kernelspec.get("language")), _text(info.get("name"))) if name]
    if any(_PYTHON.match(name) for name in (*languages, kernel)):
        return None
    languages += [language for beginning, language in _FOREIGN_KERNELS if beginning.match(kernel.lower())]
    return languages[0] if languages else None


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""

"""Runs one notebook of a Spark job and stores its results. Works on Python 3.9 and later."""

from __future__ import annotations

import sys

# jsonschema, which nbformat imports, builds a grammar of IRIs from this for more than a second, and goes without where
# it is not installed: no notebook's schema has an IRI.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
# papermill imports this for notebooks in HDFS, of which there are none; with it come all of Arrow and NumPy.
sys.modules["pyarrow.fs"] = None  # type: ignore[assignment]

"""IPython extension of the PySpark kernel: `spark` and `sc` are there when a cell first asks for them.

Spark starts on first use, not with the kernel: a notebook without Spark stays quick, and one that builds its own
session, with its own settings, gets that one.
"""

from __future__ import annotations

import ast
import glob
import os
import sys
from typing import Any, Set

_NAMES = {"spark", "sc", "sqlContext"}


def add_spark_to_path() -> None:
    """Finds PySpark where EMR installs it, unless the environment brings its own."""
    home = os.environ.get("SPARK_HOME")
    if home and os.path.isdir(os.path.join(home, "python")):
        sys.path[:0] = [os.path.join(home, "python"), *glob.glob(os.path.join(home, "python", "lib", "py4j-*.zip"))]


def names_wanted(source: str) -> Set[str]:
    """Spark's names that a cell uses and does not define anywhere itself."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return set()
    used, defined = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else defined).add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            defined.add(node.name)
        elif isinstance(node, ast.arg):
            defined.add(node.arg)
        elif isinstance(node, ast.alias):
            defined.add((node.asname or node.name).split(".")[0])
    return (used - defined) & _NAMES


def load_ipython_extension(shell: Any) -> None:
    add_spark_to_path()

    def provide(info: Any) -> None:
        wanted = names_wanted(shell.transform_cell(info.raw_cell))
        if not wanted - set(shell.user_ns):
            return
        from pyspark.sql import SparkSession

        session = SparkSession.builder.appName(os.environ.get("ATMO_APP_NAME", "ATMO notebook")).getOrCreate()
        shell.user_ns.setdefault("spark", session)
        shell.user_ns.setdefault("sc", session.sparkContext)
        if "sqlContext" in wanted:
            from pyspark.sql import SQLContext

            shell.user_ns.setdefault("sqlContext", SQLContext(session.sparkContext, session))

    shell.events.register("pre_run_cell", provide)

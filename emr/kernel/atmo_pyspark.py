"""IPython extension of the PySpark kernel: `spark` and `sc` are there when a cell first asks for them.

Spark starts on first use, not with the kernel: a notebook without Spark stays quick, and one that builds its own
session, with its own settings, gets that one.
"""

from __future__ import annotations

import ast
import dis
import glob
import os
import re
import sys
import types
import warnings
from typing import Any, Dict, Iterator, Set

_NAMES = {"spark", "sc", "sqlContext"}
# `spark-submit` and `spark-nlp` are other things.
_WORDS = re.compile(r"(?<![\w.-])(?:spark|sc|sqlContext)(?![\w-])")
# What IPython makes of `%`, `%%`, `!` and `files = !ls`.
_MAGICS = {"run_cell_magic", "run_line_magic", "system", "getoutput"}
# Nothing of these is run here, whatever it reads like.
_TEXT_MAGICS = {"writefile", "file", "html", "markdown", "latex", "javascript", "js", "svg", "pip", "conda", "cd"}


def add_spark_to_path() -> None:
    """Finds PySpark where EMR installs it, unless the environment brings its own."""
    home = os.environ.get("SPARK_HOME")
    if home and os.path.isdir(os.path.join(home, "python")):
        sys.path[:0] = [os.path.join(home, "python"), *glob.glob(os.path.join(home, "python", "lib", "py4j-*.zip"))]


def names_wanted(source: str) -> Set[str]:
    """Spark's names that a cell, as IPython transforms it to Python, uses before it defines them itself."""
    try:
        tree = ast.parse(source)
        with warnings.catch_warnings():
            # The cell is compiled once more to be run: its author should be warned once.
            warnings.simplefilter("ignore")
            code = compile(tree, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, True)
        return (_names_read(code) | _names_in_magics(tree)) & _NAMES
    except (SyntaxError, ValueError):
        # Not Python, or with an integer of more digits than Python writes.
        return set()


def _names_read(code: types.CodeType) -> Set[str]:
    functions = list(_functions_within(code))
    # A function may set up the session for the rest of the cell.
    own = {step.argval for function in functions for step in _steps(function, "STORE_GLOBAL")}
    wanted = set()
    # In their order: `spark = spark.newSession()` reads what it then sets.
    for step in _steps(code, "STORE_NAME", "LOAD_NAME"):
        if step.opname == "STORE_NAME":
            own.add(step.argval)
        elif step.argval not in own:
            wanted.add(step.argval)
    for function in functions:
        wanted |= {step.argval for step in _steps(function, "LOAD_GLOBAL", "LOAD_NAME")} - own
    return wanted


def _steps(code: types.CodeType, *names: str) -> Iterator[dis.Instruction]:
    return (step for step in dis.get_instructions(code) if step.opname in names)


def _functions_within(code: types.CodeType) -> Iterator[types.CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from _functions_within(constant)


def _names_in_magics(tree: ast.AST) -> Set[str]:
    """What `%time`, `%%timeit`, `!echo {…}` and the like use: their code is text in the transformed cell."""
    wanted: Set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _MAGICS:
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if not _TEXT_MAGICS.intersection(texts[:1]):
                wanted.update(*map(_names_in_text, texts))
    return wanted


def _names_in_text(text: str) -> Set[str]:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        # Options before the code, or a shell's command.
        return set(_WORDS.findall(text))
    return names_wanted(text)


class _Failed:
    """In the place of a name of Spark's that could not be provided: tells why as soon as it is used."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, _name: str) -> Any:
        raise self._error


def _start_spark(wanted: Set[str]) -> Dict[str, Any]:
    from pyspark.sql import SparkSession

    session = SparkSession.builder.appName(os.environ.get("ATMO_APP_NAME", "ATMO notebook")).getOrCreate()
    started = {"spark": session, "sc": session.sparkContext}
    if "sqlContext" in wanted:
        from pyspark.sql import SQLContext

        started["sqlContext"] = SQLContext(session.sparkContext, session)
    return started


def load_ipython_extension(shell: Any) -> None:
    add_spark_to_path()

    def provide(info: Any) -> None:
        wanted = names_wanted(shell.transform_cell(info.raw_cell))
        missing = wanted - set(shell.user_ns)
        if not missing:
            return
        try:
            provided = _start_spark(wanted)
        except Exception as error:  # pylint: disable=broad-except
            # IPython only prints what a callback raises, and the cell would fail for want of a name.
            provided = {name: _Failed(error) for name in missing}
        for name, value in provided.items():
            shell.user_ns.setdefault(name, value)

    def forget_failures(_result: Any) -> None:
        # The next cell tries again.
        for name in _NAMES:
            if isinstance(shell.user_ns.get(name), _Failed):
                del shell.user_ns[name]

    shell.events.register("pre_run_cell", provide)
    shell.events.register("post_run_cell", forget_failures)

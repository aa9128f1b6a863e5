"""The run's parameters, from the JSON that the person gave to the Python that sets them."""

from __future__ import annotations

import json
import math
import sys
from typing import Any, Dict, List, Mapping

from .errors import Refused

# Python reads integers of up to this many decimal digits in source; hexadecimal ones have no limit.
_LONGEST_DECIMAL = 4000


def parse_parameters(text: str) -> Dict[str, Any]:
    """Reads `parameters.json`: integers of any size stay exact, `1.0` stays a float.

    Raises Refused, with the name of the parameter where one is to blame.
    """
    _lift_integer_limit()
    try:
        parameters = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Refused(f"The file of parameters is not JSON: {error}") from error
    if not isinstance(parameters, dict):
        raise Refused("The file of parameters holds no names and values.")
    for name in parameters:
        _check_name(name)
    return parameters


def assignments(parameters: Mapping[str, Any]) -> str:
    """Python that gives each parameter exactly its value."""
    lines = ["# Parameters", *(f"{name} = {_literal(value)}" for name, value in parameters.items())]
    return "\n".join(lines)


def _check_name(name: str) -> None:
    # The portal's own language takes __proto__ for something else.
    if name != "__proto__" and name.isidentifier() and _is_assignable(name):
        return
    raise Refused(
        f"{name!r} cannot be the name of a parameter. Use a name that a Python variable can have, such as 'start_date'."
    )


def _is_assignable(name: str) -> bool:
    try:
        compile(f"{name} = 0", "<parameter>", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def _literal(value: Any) -> str:
    if isinstance(value, dict):
        items: List[str] = [f"{key!r}: {_literal(item)}" for key, item in value.items()]
        return "{" + ", ".join(items) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, float) and math.isinf(value):
        # JSON's 1e400.
        return f'float("{value}")'
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**_LONGEST_DECIMAL:
        return hex(value)
    return repr(value)


def _refuse_constant(constant: str) -> Any:
    raise ValueError(f"{constant} is not a value in JSON")


def _lift_integer_limit() -> None:
    # Since Python 3.11 (and in later 3.9 and 3.10): the length of the file is limited by the portal.
    lift = getattr(sys, "set_int_max_str_digits", None)
    if lift is not None:
        lift(0)

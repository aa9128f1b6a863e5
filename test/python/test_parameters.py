"""Parameters: exactly as given, or refused by name."""

from __future__ import annotations

import json
from typing import Any, Dict

import pytest
from atmo_run.errors import Refused
from atmo_run.parameters import assignments, parse_parameters


@pytest.mark.parametrize(
    "text",
    [
        '{"x": 1, "y": 1.0, "z": -0.5, "e": 1e3, "big": 123456789012345678901234567890}',
        '{"text": "it\'s \\"q\\" \\\\ \\n\\r\\t\\u0000 日本 🎉 \\ud800 {braces} $HOME"}',
        '{"list": [1, "a", null, true, [2.5, {"k\\"": false}]], "none": null, "empty": [{}, []]}',
        '{"überschrift": 1, "日本": 2, "spark": 3, "match": 4, "_": 5}',
    ],
)
def test_values_arrive_as_given(text: str) -> None:
    names: Dict[str, Any] = {}
    exec(assignments(parse_parameters(text)), names)
    del names["__builtins__"]
    given = json.loads(text)
    assert names == given
    assert json.dumps(names) == json.dumps(given)


def test_infinity() -> None:
    names: Dict[str, Any] = {}
    exec(assignments(parse_parameters('{"a": 1e400, "b": [-1e400]}')), names)
    assert (names["a"], names["b"]) == (float("inf"), [float("-inf")])


@pytest.mark.parametrize(
    "name",
    ["class", "None", "True", "__proto__", "__debug__", "a b", "1a", "a-b", "", "x=1;y", "a.b", "\ud800"],
)
def test_names_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_parameters(json.dumps({"fine": 1, name: 1}))
    assert str(refused.value).startswith(f"{name!r} cannot be the name of a parameter.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not JSON"),
        ("[1]", "holds no names and values"),
        ('{"a": NaN}', "NaN is not a value in JSON"),
        ('{"a": ' + "[" * 200_000, "is not JSON"),
    ],
)
def test_files_refused(text: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        parse_parameters(text)

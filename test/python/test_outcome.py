"""`outcome.json`: bounded, readable, without terminal codes."""

from __future__ import annotations

import json
from typing import Any, Dict

from atmo_run.outcome import Execution, Failure, Outcome


def _outcome(**values: object) -> Outcome:
    fields: Dict[str, Any] = {
        "status": "failed",
        "failure": None,
        "reason": None,
        "startedAt": "a",
        "finishedAt": "b",
        "durations": [],
        "versions": {},
    }
    return Outcome(**{**fields, **values})


def test_fields() -> None:
    failure = Failure.of(3, "1/0", "ZeroDivisionError", "division by zero", "\x1b[31mTraceback\x1b[0m")
    written = json.loads(_outcome(failure=failure, reason="Because ü").to_json())
    assert written == {
        "status": "failed",
        "failure": {
            "cell": 3,
            "source": "1/0",
            "errorName": "ZeroDivisionError",
            "errorValue": "division by zero",
            "traceback": "Traceback",
        },
        "reason": "Because ü",
        "startedAt": "a",
        "finishedAt": "b",
        "durations": [],
        "versions": {},
    }


def test_texts_are_bounded() -> None:
    failure = Failure.of(1, "s" * 30_000, "E", "v" * 30_000, "t" * 10_000 + "m" * 10_000 + "end")
    assert all(len(text) < 20_100 for text in (failure.source, failure.errorValue, failure.traceback))
    assert failure.traceback.endswith("end")
    assert "characters left out" in failure.traceback
    assert len(str(failure)) < 1_100


def test_sentence() -> None:
    assert str(Failure.of(2, "", "AssertionError", "", "")) == "in cell 2: AssertionError"
    assert str(Failure.of(None, "", "E", "v", "")) == "outside its cells: E: v"


def test_lone_surrogates() -> None:
    assert json.loads(_outcome(reason="a\ud800b").to_json())["reason"] == "a?b"


def test_nothing_failed() -> None:
    assert Execution(None).durations == []

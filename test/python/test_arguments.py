"""The step's command line."""

from __future__ import annotations

from typing import List

import pytest
from atmo_run.arguments import parse_arguments
from atmo_run.storage import S3Location

GIVEN = ["--notebook", "s3://n/a b+ü.ipynb", "--results", "s3://r/job/", "--run-id", "r-1"]


def test_least() -> None:
    arguments = parse_arguments(GIVEN)
    assert arguments.notebook == S3Location("n", "a b+ü.ipynb")
    assert str(arguments.results) == "s3://r/job/"
    assert (arguments.parameters, arguments.timeout_at, arguments.environment) == (None, None, "")


@pytest.mark.parametrize("time", ["2026-11-25T10:00:00Z", "2026-11-25T11:00:00+01:00", "2026-11-25T10:00:00"])
def test_times(time: str) -> None:
    assert parse_arguments([*GIVEN, "--timeout-at", time]).timeout_at == 1795600800.0


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (GIVEN[2:], "--notebook"),
        ([*GIVEN, "--timeout-at", "soon"], "not an ISO 8601 time: 'soon'"),
        ([*GIVEN, "--run-id", "../other"], "not a run id"),
        ([*GIVEN, "--results", "https://r/job/"], "not an S3 location"),
        ([*GIVEN, "--parameters", "s3://"], "not an S3 location"),
        ([*GIVEN, "--run-secret", "daily-report.x"], "belong together"),
        ([*GIVEN, "--credentials-url", "https://atmo"], "belong together"),
        ([*GIVEN, "--timeout", "2026-11-25T10:00:00Z"], "unrecognized arguments"),
    ],
)
def test_refused(arguments: List[str], reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        parse_arguments(arguments)
    assert refused.value.code == 2
    assert reason in capsys.readouterr().err


def test_children() -> None:
    assert S3Location("b", "").child("x") == S3Location("b", "x")
    assert S3Location("b", "k/").child("x/") == S3Location("b", "k/x/")

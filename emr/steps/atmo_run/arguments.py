"""The step's command line."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Optional, Sequence

from .storage import S3Location


@dataclass(frozen=True)
class Arguments:
    notebook: S3Location
    parameters: Optional[S3Location]
    results: S3Location
    run_id: str
    #: Seconds since the epoch, or None for no limit.
    timeout_at: Optional[float]
    environment: str
    #: Where the run's secret is exchanged for credentials; without one, those of the machine are used.
    credentials_url: Optional[str]
    run_secret: Optional[str]


def _run_id(text: str) -> str:
    # It becomes a folder, here and in S3.
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}", text):
        raise argparse.ArgumentTypeError(f"not a run id: {text!r}")
    return text


def _time(text: str) -> float:
    try:
        # fromisoformat() understands "Z" only from Python 3.11 on.
        moment = datetime.fromisoformat(re.sub(r"[zZ]$", "+00:00", text))
    except ValueError:
        raise argparse.ArgumentTypeError(f"not an ISO 8601 time: {text!r}") from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return moment.timestamp()


def _location(text: str) -> S3Location:
    try:
        return S3Location.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def parse_arguments(arguments: Sequence[str]) -> Arguments:
    """Exits with status 2 and one line on stderr for anything unknown, missing or malformed."""
    # No abbreviations: an option that is misspelt must not pass for another.
    parser = argparse.ArgumentParser(prog="run-notebook.sh", allow_abbrev=False)
    parser.add_argument("--notebook", type=_location, required=True)
    parser.add_argument("--parameters", type=_location)
    parser.add_argument("--results", type=_location, required=True)
    parser.add_argument("--run-id", type=_run_id, required=True)
    parser.add_argument("--timeout-at", type=_time)
    parser.add_argument("--environment", default="")
    parser.add_argument("--credentials-url")
    parser.add_argument("--run-secret")
    parsed = Arguments(**vars(parser.parse_args(arguments)))
    if (parsed.credentials_url is None) != (parsed.run_secret is None):
        parser.error("--credentials-url and --run-secret belong together")
    return parsed

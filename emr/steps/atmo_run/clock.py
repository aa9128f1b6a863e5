"""The time that the portal goes by."""

from __future__ import annotations

import os
import time
from datetime import datetime, timezone


def _ahead() -> float:
    """Seconds the portal's clock is ahead of this machine's: not 0 only in a local stack whose time was moved."""
    portal_time = os.environ.get("ATMO_NOW")
    return float(portal_time) - time.time() if portal_time else 0.0


_AHEAD = _ahead()


def now() -> float:
    """Seconds since the epoch."""
    return time.time() + _AHEAD


def iso(seconds: float) -> str:
    """A time as the portal writes it: ISO 8601, milliseconds, Z."""
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

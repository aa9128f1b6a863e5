"""The time that the portal goes by: this machine's, but for a local stack whose time was moved."""

from __future__ import annotations

import os
import time
from datetime import datetime, timezone

#: Seconds since the epoch by the portal's clock when this process was started; set by local stacks only.
_PORTAL_TIME = os.environ.get("ATMO_NOW")
_AHEAD = float(_PORTAL_TIME) - time.time() if _PORTAL_TIME else 0.0


def now() -> float:
    """Seconds since the epoch."""
    return time.time() + _AHEAD


def iso(seconds: float) -> str:
    """A time as the portal writes it: ISO 8601, milliseconds, Z."""
    moment = datetime.fromtimestamp(seconds, timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

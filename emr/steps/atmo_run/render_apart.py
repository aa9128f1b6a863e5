"""Renders the results in a process of its own: a large notebook takes gigabytes and minutes."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

_log = logging.getLogger("atmo")
_STEPS = Path(__file__).resolve().parent.parent


def render_apart(folder: Path, seconds: float) -> None:
    """Renders the notebook in `folder` next to it, within a time limit. Never raises."""
    _log.info("Rendering")
    command = [sys.executable, "-X", "utf8", "-B", "-m", "atmo_run.rendering", str(folder)]
    try:
        subprocess.run(command, cwd=_STEPS, timeout=seconds, check=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError) as error:
        _log.warning("Could not render the notebook: %s", error)

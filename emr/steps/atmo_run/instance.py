"""What EMR tells a node about itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict

_FILE = Path("/mnt/var/lib/info/extraInstanceData.json")


def instance_data() -> Dict[str, Any]:
    """Region, release label and more; empty on a machine that is no EMR node."""
    try:
        data = json.loads(_FILE.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}

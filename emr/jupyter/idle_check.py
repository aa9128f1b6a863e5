"""Tells EMR that the cluster is not idle while a Jupyter kernel is busy.

EMR's idle check knows YARN, HDFS and its own notebooks, not this Jupyter. For everything else there is a file on the
master to touch: https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-auto-termination-policy.html
"""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from pathlib import Path

JUPYTER = os.environ.get("ATMO_JUPYTER_URL", "http://127.0.0.1:8888")
MARKER = Path(os.environ.get("ATMO_BUSY_FILE", "/emr/metricscollector/isbusy"))


def is_busy() -> bool:
    """Whether any kernel runs a cell or is starting. False when Jupyter does not answer: it restarts by itself."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{JUPYTER}/api/kernels", timeout=20) as response:
            kernels = json.load(response)
    except (OSError, ValueError) as error:
        print(f"Jupyter does not answer: {error}", file=sys.stderr)
        return False
    return any(kernel.get("execution_state") in ("busy", "starting", "restarting") for kernel in kernels)


if __name__ == "__main__":
    if is_busy() and MARKER.parent.is_dir():
        MARKER.touch()

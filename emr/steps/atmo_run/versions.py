"""Versions of the software that a run used."""

from __future__ import annotations

import os
import platform
import re
from importlib import metadata
from pathlib import Path
from typing import Dict, Optional

from .instance import instance_data

_PACKAGES = ("papermill", "nbconvert", "ipykernel", "pandas", "numpy", "pyarrow", "matplotlib")


def versions() -> Dict[str, str]:
    found: Dict[str, Optional[str]] = {
        "python": platform.python_version(),
        "spark": _spark(),
        "emr": _emr_release(),
        # The content hash of the scripts, part of where they come from.
        "scripts": os.environ.get("ATMO_SCRIPTS_VERSION"),
        **{name: _package(name) for name in _PACKAGES},
    }
    return {name: version for name, version in found.items() if version}


def _package(name: str) -> Optional[str]:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _spark() -> Optional[str]:
    # "Spark 3.5.6-amzn-1 built for Hadoop …" is the first line of this file in every distribution of Spark.
    release = Path(os.environ.get("SPARK_HOME", "/usr/lib/spark")) / "RELEASE"
    if release.exists():
        match = re.match(r"Spark (\S+)", release.read_text(encoding="utf-8", errors="replace"))
        if match:
            return match.group(1)
    return _package("pyspark")


def _emr_release() -> Optional[str]:
    return instance_data().get("releaseLabel")

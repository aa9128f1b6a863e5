"""Installs the kernel `pyspark` into the Python environment that runs this file. Overwrites, so it may run again."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path


def main() -> None:
    here = Path(__file__).resolve().parent
    target = Path(sys.prefix) / "share" / "jupyter" / "kernels" / "pyspark"
    target.mkdir(parents=True, exist_ok=True)
    kernel = {
        "display_name": "PySpark",
        "language": "python",
        # The log level hides a warning about TCP without encryption: kernel and client are on the same machine.
        "argv": [
            *(sys.executable, "-X", "utf8", "-m", "ipykernel_launcher", "-f", "{connection_file}"),
            *("--ext=atmo_pyspark", "--log-level=ERROR"),
        ],
        "env": {
            "PYTHONPATH": str(here),
            # Spark's workers must be of the same version; this environment is on every node.
            "PYSPARK_PYTHON": sys.executable,
            "PYSPARK_DRIVER_PYTHON": sys.executable,
        },
        "metadata": {"debugger": True},
    }
    if importlib.util.find_spec("pyspark") is None:
        # EMR's own Spark, which is not there yet when the bootstrap action runs.
        kernel["env"]["SPARK_HOME"] = "/usr/lib/spark"
    (target / "kernel.json").write_text(json.dumps(kernel, indent=2) + "\n", encoding="utf-8")
    print(f"Kernel pyspark installed in {target}")


if __name__ == "__main__":
    main()

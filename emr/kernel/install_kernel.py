"""Installs the PySpark kernel into the Python environment that runs this file. Overwrites, so it may run again."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any, Dict

# A notebook from anywhere names its kernel python3: it finds Spark here, too.
KERNELS = {"pyspark": "PySpark", "python3": "Python 3 (PySpark)"}


def kernel_spec(display_name: str) -> Dict[str, Any]:
    environment = {
        "PYTHONPATH": str(Path(__file__).resolve().parent),
        # Spark's workers must be of the same version; this environment is on every node.
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
        # `!pip` is this environment's. Jupyter puts in its own PATH.
        "PATH": f"{Path(sys.executable).parent}:${{PATH}}",
    }
    if importlib.util.find_spec("pyspark") is None:
        # EMR's own Spark, which is not there yet when the bootstrap action runs.
        environment["SPARK_HOME"] = "/usr/lib/spark"
    return {
        "display_name": display_name,
        "language": "python",
        # The log level hides a warning about TCP without encryption: kernel and client are on the same machine.
        "argv": [
            *(sys.executable, "-X", "utf8", "-B", "-m", "ipykernel_launcher", "-f", "{connection_file}"),
            *("--ext=atmo_pyspark", "--log-level=ERROR"),
        ],
        "env": environment,
        "metadata": {"debugger": True},
    }


def main() -> None:
    kernels = Path(sys.prefix) / "share" / "jupyter" / "kernels"
    for name, display_name in KERNELS.items():
        target = kernels / name
        target.mkdir(parents=True, exist_ok=True)
        text = json.dumps(kernel_spec(display_name), indent=2) + "\n"
        (target / "kernel.json").write_text(text, encoding="utf-8")
    print(f"Kernels {', '.join(KERNELS)} installed in {kernels}")


if __name__ == "__main__":
    main()

"""Entry point of a run on EMR Serverless: the file that spark-submit runs as the driver of a job run.

    run_notebook.py --scripts s3://bucket/scripts/HASH [arguments of steps/run-notebook.sh]

The notebook's kernel is a child of this process. It attaches to the JVM that spark-submit has started, by the
PYSPARK_GATEWAY_PORT and PYSPARK_GATEWAY_SECRET that it inherits: the driver of the job run is the notebook's.
Works on Python 3.9 and later.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import List

#: Where spark-submit unpacks `spark.archives`: the Python packages that cluster nodes have in a virtual environment.
PACKAGES = Path.cwd() / "packages"
_PARTS = ("steps/", "kernel/")


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(prog="run_notebook.py", allow_abbrev=False)
    parser.add_argument("--scripts", required=True)
    known, rest = parser.parse_known_args(arguments)
    if PACKAGES.is_dir():
        sys.path.insert(1, str(PACKAGES))
    with tempfile.TemporaryDirectory(prefix="atmo-scripts-") as folder:
        scripts = _scripts(known.scripts, Path(folder))
        sys.path[1:1] = [str(scripts / "steps"), str(scripts / "kernel")]
        _provide_kernel(scripts / "kernel", Path(folder) / "jupyter")
        # Zeppelin notes run on clusters only.
        os.environ["ATMO_ZEPPELIN_URL"] = ""

        from atmo_run.arguments import parse_arguments
        from atmo_run.run import run_step

        return run_step(parse_arguments(rest))


def _scripts(location: str, folder: Path) -> Path:
    """The folder that this file is part of. EMR Serverless fetches this file alone, and the others are fetched here."""
    around = Path(__file__).resolve().parent.parent
    if all((around / part).is_dir() for part in _PARTS):
        return around
    import boto3

    bucket, _, prefix = location.partition("://")[2].partition("/")
    client = boto3.client("s3")
    for part in _PARTS:
        for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{prefix}/{part}"):
            for item in page.get("Contents", []):
                file = folder / "scripts" / item["Key"][len(prefix) + 1 :]
                file.parent.mkdir(parents=True, exist_ok=True)
                client.download_file(bucket, item["Key"], str(file))
    return folder / "scripts"


def _provide_kernel(kernel: Path, jupyter: Path) -> None:
    """Lets Jupyter find the PySpark kernel, and every child of this process the packages."""
    paths = [str(PACKAGES)] if PACKAGES.is_dir() else []
    inherited = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([*paths, *([inherited] if inherited else [])])

    from install_kernel import kernel_spec

    spec = kernel_spec("PySpark")
    spec["env"]["PYTHONPATH"] = os.pathsep.join([str(kernel), os.environ["PYTHONPATH"]])
    folder = jupyter / "kernels" / "pyspark"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    os.environ["JUPYTER_PATH"] = str(jupyter)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Installs wheels into a folder and packs it: install_wheels.py WHEELS.zip PYTHON MACHINE NAME TARGET.zip.

The target holds one file, NAME: the archive that job runs unpack. It is a zip since the deployment unpacks what it copies.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import List

#: Pages and servers of JupyterLab: a run opens none, and they are most of what every worker would unpack.
_LEFT_OUT = ("jupyterlab-", "jupyterlab_server-", "jupyter_lsp-", "notebook_shim-", "debugpy-")
_GLIBC = range(34, 16, -1)


def install(wheels: List[Path], python: str, machine: str, folder: Path) -> None:
    platforms = [f"manylinux_2_{minor}_{machine}" for minor in _GLIBC] + [f"manylinux2014_{machine}"]
    tag = f"cp{python.replace('.', '')}"
    command = [sys.executable, "-m", "pip", "install", "--target", str(folder), "--no-index", "--no-deps"]
    command += ["--only-binary", ":all:", "--implementation", "cp", "--python-version", python, "--no-compile"]
    command += ["--abi", tag, "--abi", "abi3", "--abi", "none"]
    command += [option for platform in platforms for option in ("--platform", platform)]
    command += ["--quiet", "--disable-pip-version-check", "--no-input", "--root-user-action", "ignore"]
    subprocess.run([*command, *map(str, wheels)], check=True, stdout=sys.stderr)


def pack(folder: Path, archive: Path) -> None:
    """One time and owner for all files: the same wheels are the same archive."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname = 0, 0, 0, "", ""
        return entry

    with archive.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as compressed:
        with tarfile.open(fileobj=compressed, mode="w") as packed:
            for file in sorted(folder.rglob("*")):
                packed.add(file, str(file.relative_to(folder)), recursive=False, filter=plain)


def main(source: Path, python: str, machine: str, name: str, target: Path) -> int:
    with tempfile.TemporaryDirectory() as directory:
        work = Path(directory)
        with zipfile.ZipFile(source) as archive:
            archive.extractall(work / "wheels")
        wheels = [wheel for wheel in sorted(work.glob("wheels/*/*.whl")) if not wheel.name.startswith(_LEFT_OUT)]
        # Of a package that is pinned for several patch releases, the last.
        newest = {wheel.name.split("-")[0].lower(): wheel for wheel in wheels}
        install(list(newest.values()), python, machine, work / "packages")
        pack(work / "packages", work / name)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), (work / name).read_bytes())
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], Path(sys.argv[5])))

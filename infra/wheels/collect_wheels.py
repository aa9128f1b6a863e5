"""Collects the wheels that a lock names for one kind of node: collect_wheels.py LOCK PYTHON MACHINE FOLDER.

pip downloads for other machines, but reads the markers of a lock as those of the machine that it runs on
(https://github.com/pypa/pip/issues/11664). So the markers are read here, and pip gets a lock without any.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, Iterable, Iterator, List, Tuple

try:
    from packaging.requirements import Requirement
except ImportError:  # pip has its own copy, and pip is there.
    from pip._vendor.packaging.requirements import Requirement

#: glibc 2.x of Amazon Linux 2023, the newest that a wheel may have been built for, and the oldest that wheels name.
_GLIBC = range(34, 16, -1)
#: More patch releases than any Python has had.
_PATCHES = 60


def markers_of(python: str, patch: int, machine: str) -> Dict[str, str]:
    """https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers"""
    return {
        "implementation_name": "cpython",
        "implementation_version": f"{python}.{patch}",
        "os_name": "posix",
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": "Linux",
        "platform_version": "",
        "python_full_version": f"{python}.{patch}",
        "python_version": python,
        "sys_platform": "linux",
    }


def pins_of(lock: str, python: str, machine: str) -> Iterator[Tuple[str, str]]:
    """Name and line, without its marker, of what a lock names for any patch release of this Python: a node may have any."""
    environments = [markers_of(python, patch, machine) for patch in range(_PATCHES)]
    for line in re.sub(r"\\\n\s*", " ", re.sub(r"^\s*#.*\n", "", lock, flags=re.MULTILINE)).splitlines():
        requirement, *hashes = re.split(r"\s+--hash=", line.strip())
        if not requirement:
            continue
        parsed = Requirement(requirement)
        if parsed.marker is None or any(parsed.marker.evaluate(environment) for environment in environments):
            yield parsed.name, " ".join([f"{parsed.name}{parsed.specifier}", *(f"--hash={it}" for it in hashes)])


def rounds_of(pins: Iterable[Tuple[str, str]]) -> List[Dict[str, str]]:
    """pip takes a name once: a package that is pinned for several patch releases needs a round for each."""
    rounds: List[Dict[str, str]] = [{}]
    for name, line in pins:
        free = next((taken for taken in rounds if name not in taken), None)
        if free is None:
            free = {}
            rounds.append(free)
        free[name] = line
    return rounds


def download(pins: Iterable[str], python: str, machine: str, folder: Path) -> None:
    platforms = [f"manylinux_2_{minor}_{machine}" for minor in _GLIBC] + [f"manylinux2014_{machine}"]
    tag = f"cp{python.replace('.', '')}"
    with tempfile.TemporaryDirectory() as directory:
        requirements = Path(directory) / "requirements.txt"
        requirements.write_text("\n".join(pins) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "--dest", str(folder), "--requirement", str(requirements)]
        command += ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--implementation", "cp"]
        command += ["--python-version", f"{python}.{_PATCHES}", "--abi", tag, "--abi", "abi3", "--abi", "none"]
        command += [option for platform in platforms for option in ("--platform", platform)]
        command += ["--quiet", "--disable-pip-version-check", "--no-input", "--retries", "10", "--timeout", "60"]
        subprocess.run(command, check=True, stdout=sys.stderr)


def main(lock: Path, python: str, machine: str, folder: Path) -> int:
    rounds = rounds_of(pins_of(lock.read_text(encoding="utf-8"), python, machine))
    for pins in rounds:
        download(pins.values(), python, machine, folder)
    wanted, found = sum(map(len, rounds)), len(list(folder.glob("*.whl")))
    if found != wanted:
        print(f"{wanted} packages are pinned, {found} wheels are in {folder}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4])))

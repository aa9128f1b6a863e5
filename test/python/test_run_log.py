"""The copy of all that is printed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PRINT = """
import os, subprocess, sys
from pathlib import Path
from atmo_run.run_log import RunLog
with RunLog(Path(sys.argv[1])):
    print("from Python", flush=True)
    print("to stderr", file=sys.stderr, flush=True)
    subprocess.run(["sh", "-c", r"printf '\\033[31mfrom a child\\033[0m\\n10%%\\r99%%\\n\\377 no UTF-8\\n'"])
    os.write(1, b"without an end")
print("afterwards")
"""


def _printed(tmp_path: Path) -> tuple[subprocess.CompletedProcess[bytes], bytes]:
    log = tmp_path / "run.log"
    path = {"PYTHONPATH": ":".join(sys.path)}
    run = subprocess.run([sys.executable, "-c", PRINT, str(log)], env=path, check=True, timeout=60, capture_output=True)
    return run, log.read_bytes()


def test_copies_what_everybody_prints(tmp_path: Path) -> None:
    run, log = _printed(tmp_path)
    assert sorted(filter(None, log.split(b"\n"))) == sorted(
        [b"from Python", b"to stderr", b"\x1b[31mfrom a child\x1b[0m", b"99%", b"\xff no UTF-8", b"without an end"]
    )
    assert run.stdout.endswith(b"from a child\n99%\n\xff no UTF-8\nwithout an endafterwards\n")
    assert run.stderr == b"to stderr\n"


def test_goes_on_when_nobody_reads(tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    code = PRINT.replace('print("afterwards")', "os._exit(0)").replace(
        'print("from Python", flush=True)', 'print("x" * 200_000)\n    print("from Python", flush=True)'
    )
    path = {"PYTHONPATH": ":".join(sys.path)}
    process = subprocess.Popen([sys.executable, "-c", code, str(log)], env=path, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert b"from Python\n" in log.read_bytes()

"""Waits for Zeppelin and gives it the tutorial note, unless it has one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from atmo_run.zeppelin_api import Zeppelin, ZeppelinError

TUTORIAL = "/ATMO/Tutorial"
# Zeppelin's JVM and its index of notes take a minute on a small master.
_SECONDS = float(os.environ.get("ATMO_ZEPPELIN_PATIENCE", "240"))


def answers(zeppelin: Zeppelin) -> bool:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        try:
            print(f"Zeppelin {zeppelin.version()} answers")
            return True
        except ZeppelinError:
            time.sleep(min(3.0, _SECONDS / 10))
    return False


def main(tutorial: Path) -> int:
    zeppelin = Zeppelin(os.environ.get("ATMO_ZEPPELIN_URL", "http://127.0.0.1:8890"))
    if not answers(zeppelin):
        # It may have given up over its folder of notes, which is right only now.
        print("Zeppelin does not answer: restarting it", file=sys.stderr)
        subprocess.run(["sudo", "systemctl", "restart", "zeppelin"], check=True)
        if not answers(zeppelin):
            print("setup-zeppelin: Zeppelin does not answer, not even after a restart", file=sys.stderr)
            return 1
    if any(note.get("path") == TUTORIAL for note in zeppelin.notes()):
        print("The tutorial is there already")
    else:
        zeppelin.import_note(json.loads(tutorial.read_text(encoding="utf-8")), TUTORIAL)
        print("The tutorial was imported")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

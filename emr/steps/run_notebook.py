"""Entry point of the run-notebook step: see run-notebook.sh for its arguments and atmo_run/ for the work."""

from __future__ import annotations

import sys

from atmo_run.arguments import parse_arguments
from atmo_run.run import run_step

if __name__ == "__main__":
    sys.exit(run_step(parse_arguments(sys.argv[1:])))

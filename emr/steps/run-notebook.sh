#!/usr/bin/env bash
# Runs a notebook and stores what comes of it. All the work is in run_notebook.py; this finds the right Python.
#
#   run-notebook.sh --notebook s3://… --parameters s3://….json --results s3://bucket/identifier/ --run-id ID
#                   [--timeout-at ISO-TIME] [--environment STAGE] [--credentials-url https://… --run-secret SECRET]
#
# ATMO_SCRIPTS and ATMO_VENV say where bootstrap.sh put the scripts and the Python environment.
set -euo pipefail

scripts="${ATMO_SCRIPTS:-/opt/atmo/emr}"
venv="${ATMO_VENV:-/opt/atmo/venv}"

# exec: a signal sent to this step must reach Python, which then still saves what there is.
exec "${venv}/bin/python" -X utf8 -B -u "${scripts}/steps/run_notebook.py" "$@"

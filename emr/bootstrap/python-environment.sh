#!/usr/bin/env bash
# Makes the Python environment that kernels and Spark's workers run in, at the same place on every node.
#
#   python-environment.sh FAMILY
set -Eeuo pipefail

readonly root="${ATMO_ROOT:-}"
readonly emr="${root}/opt/atmo/emr"
readonly venv="${root}/opt/atmo/venv"
readonly requirements="${emr}/requirements-$1.txt"
readonly marker="${venv}/.atmo-requirements"

wanted="$(sha256sum <"${requirements}")"
if [[ "$(cat "${marker}" 2>/dev/null || true)" != "${wanted}" ]]; then
  made=''
  # EMR 7.1 and later have 3.11 beside Amazon Linux's own 3.9. Where 3.11 cannot make environments, 3.9 can.
  for python in python3.11 python3.9 python3; do
    if command -v "${python}" >/dev/null && sudo "$(command -v "${python}")" -m venv --clear "${venv}"; then
      made="${python}"
      break
    fi
  done
  [[ -n "${made}" ]] || { printf 'bootstrap: no Python can make a virtual environment\n' >&2 && exit 1; }
  sudo "${venv}/bin/python" -m pip install --require-hashes --only-binary :all: --requirement "${requirements}" \
    --no-cache-dir --disable-pip-version-check --no-input --retries 10 --timeout 30 --progress-bar off --quiet
  # Written last: an environment without it is made anew.
  printf '%s\n' "${wanted}" | sudo tee "${marker}" >/dev/null
fi
sudo "${venv}/bin/python" "${emr}/kernel/install_kernel.py"
# `%pip install` runs as the user of the kernels.
sudo chown -R "$(id -un):" "${venv}"

#!/usr/bin/env bash
# Makes the Python environment that kernels and Spark's workers run in, at the same place on every node. The packages
# come from the EMR bucket, where the deployment put them: no launch needs a package registry.
#
#   python-environment.sh FAMILY WHEELS
#
# Below WHEELS, an S3 location or a folder, lie the wheels of each lock: HASH/pythonVERSION-MACHINE/*.whl, HASH being the
# first 16 digits of the lock's SHA-256.
set -Eeuo pipefail

readonly family="$1" wheels="${2%/}"
readonly root="${ATMO_ROOT:-}"
readonly emr="${root}/opt/atmo/emr"
readonly venv="${root}/opt/atmo/venv"
readonly lock="${emr}/requirements-${family}.txt"
readonly marker="${venv}/.atmo-requirements"
machine="$(uname -m)"
readonly machine

wanted="$(sha256sum <"${lock}" | cut -d ' ' -f 1)"

# Copies what there is; nothing where there are no wheels for this Python and machine.
fetch_wheels() {
  local source="${wheels}/${wanted:0:16}/$1-${machine}" target="$2"
  if [[ "${source}" == s3://* ]]; then
    aws s3 cp --recursive --only-show-errors "${source}/" "${target}/"
  elif [[ -d "${source}" ]]; then
    cp -R "${source}/." "${target}/"
  fi
}

make_environment() {
  local python folder
  folder="$(mktemp -d)"
  # EMR 7.1 and later have 3.11 beside Amazon Linux's own 3.9. Where 3.11 cannot make environments, 3.9 can.
  for python in python3.11 python3.9; do
    command -v "${python}" >/dev/null || continue
    fetch_wheels "${python}" "${folder}"
    [[ -n "$(find "${folder}" -name '*.whl' -print -quit)" ]] || continue
    sudo "$(command -v "${python}")" -m venv --clear "${venv}" || continue
    sudo "${venv}/bin/python" -m pip install --no-index --find-links "${folder}" --require-hashes --only-binary :all: \
      --requirement "${lock}" --no-cache-dir --disable-pip-version-check --no-input --progress-bar off --quiet
    rm -rf "${folder}"
    return
  done
  printf 'bootstrap: no Python of this node (%s) has its wheels in %s. Deploy again.\n' \
    "${machine}" "${wheels}/${wanted:0:16}" >&2
  return 1
}

if [[ "$(cat "${marker}" 2>/dev/null || true)" != "${wanted}" ]]; then
  make_environment
  # Written last: an environment without it is made anew.
  printf '%s\n' "${wanted}" | sudo tee "${marker}" >/dev/null
fi
sudo "${venv}/bin/python" "${emr}/kernel/install_kernel.py"
# `%pip install` runs as the user of the kernels.
sudo chown -R "$(id -un):" "${venv}"

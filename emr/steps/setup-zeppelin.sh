#!/usr/bin/env bash
# Makes Zeppelin ready: notes that outlast the cluster, and a first tutorial. A second run changes nothing.
#
# Address, port and folder are Zeppelin's environment (configurations.json); Spark and its Python come from
# spark-defaults. ATMO_ROOT is put before every absolute path, ATMO_ZEPPELIN_URL replaces the address; both for tests.
set -Eeuo pipefail

readonly root="${ATMO_ROOT:-}"
readonly scripts="${ATMO_SCRIPTS:-/opt/atmo/emr}"
readonly venv="${ATMO_VENV:-/opt/atmo/venv}"
readonly notes="${root}/mnt/atmo/home/zeppelin"

trap 'printf "setup-zeppelin: line %s failed: %s\n" "${LINENO}" "${BASH_COMMAND}" >&2' ERR

if ! id zeppelin >/dev/null 2>&1; then
  printf 'setup-zeppelin: Zeppelin is not installed on this cluster\n' >&2
  exit 1
fi

# The bootstrap action left the folder open to all, for want of this user. Notes of an earlier cluster may belong to a
# user of another number.
if [[ "$(stat -c '%U %a' "${notes}")" != 'zeppelin 770' || -n "$(sudo find "${notes}" ! -user zeppelin -print -quit)" ]]; then
  sudo chown -R "zeppelin:$(id -gn)" "${notes}"
  sudo chmod 770 "${notes}"
fi

exec "${venv}/bin/python" -X utf8 -B "${scripts}/steps/setup_zeppelin.py" "${scripts}/zeppelin/tutorial.zpln"

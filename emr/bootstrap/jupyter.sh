#!/usr/bin/env bash
# Runs JupyterLab as a service, and the check that tells EMR when a kernel is busy.
set -Eeuo pipefail

readonly root="${ATMO_ROOT:-}"
readonly units="${root}/etc/systemd/system"

changed=false
sudo install -d -m 755 "${units}"
for unit in atmo-jupyter.service atmo-idle-check.service atmo-idle-check.timer; do
  source="${root}/opt/atmo/emr/jupyter/${unit}"
  if ! cmp -s "${source}" "${units}/${unit}"; then
    sudo install -m 644 "${source}" "${units}/${unit}"
    changed=true
  fi
done
[[ "${changed}" == true ]] || exit 0
sudo systemctl daemon-reload
sudo systemctl enable --now atmo-jupyter.service atmo-idle-check.timer

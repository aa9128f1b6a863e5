#!/usr/bin/env bash
# Gives the person their folder: on EFS, where it outlasts the cluster, or on this node where there is no EFS.
#
#   home.sh EMAIL EFS-DNS     (empty EFS-DNS: on this node)
#
# It is at /mnt/atmo/home, where Zeppelin's own user can reach it too, and linked as ~/work.
set -Eeuo pipefail

readonly root="${ATMO_ROOT:-}"
readonly email="$1" efs_dns="$2"
readonly home="${root}/mnt/atmo/home"
readonly notes="${home}/zeppelin"

# A folder's name for any address. Two addresses never share a folder: what is replaced is told apart by a hash.
folder_of() {
  local address="$1" plain
  plain="${address//[^A-Za-z0-9@._+-]/_}"
  if [[ "${plain}" == "${address}" && "${plain}" != .* ]]; then
    printf '%s' "${plain}"
  else
    printf '_%s-%s' "${plain}" "$(printf '%s' "${address}" | sha256sum | cut -c1-12)"
  fi
}

# EFS lets in who comes encrypted and with the role of our instances, which takes its own helper.
mount_efs() {
  local source="$1" target="$2" attempt
  if ! command -v mount.efs >/dev/null && ! sudo dnf install -y -q amazon-efs-utils; then
    printf 'bootstrap: amazon-efs-utils cannot be had, and EFS cannot be mounted without\n' >&2
    return 1
  fi
  # A new mount target's name takes a while to be known.
  for attempt in 1 2 3 4 5 6; do
    if sudo mount -t efs -o tls,iam,noresvport "${efs_dns}:${source}" "${target}"; then return; fi
    printf 'bootstrap: EFS cannot be mounted yet (attempt %s)\n' "${attempt}" >&2
    sleep "${ATMO_MOUNT_PAUSE:-10}"
  done
  return 1
}

mount_home() {
  local folder all
  folder="$(folder_of "${email}")"
  # Only this person's folder stays mounted; to make it, all of EFS is mounted for a moment.
  all="$(mktemp -d)"
  mount_efs / "${all}"
  sudo install -d -m 755 "${all}/homes"
  sudo install -d -m 711 "${all}/homes/${folder}"
  sudo umount "${all}"
  rmdir "${all}"
  mount_efs "/homes/${folder}" "${home}"
}

sudo install -d -m 755 "${home%/*}"
[[ -d "${home}" ]] || sudo install -d -m 711 "${home}"
if [[ -n "${efs_dns}" ]] && ! mountpoint -q "${home}"; then
  mount_home
fi
# Releases of EMR may differ in the number of their user.
[[ "$(stat -c %U "${home}")" == "$(id -un)" ]] || sudo chown -R "$(id -un):" "${home}"
chmod 711 "${home}"

# Zeppelin's user does not exist yet; setup-zeppelin.sh makes it the owner and closes the folder again.
[[ -d "${notes}" ]] || install -d -m 777 "${notes}"
id zeppelin >/dev/null 2>&1 || sudo chmod -R a+rwX "${notes}"

[[ -e "${HOME}/work" || -L "${HOME}/work" ]] || ln -s "${home}" "${HOME}/work"

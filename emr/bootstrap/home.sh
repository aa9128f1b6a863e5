#!/usr/bin/env bash
# Gives the person their folder: on EFS, where it outlasts the cluster, or on this node where there is no EFS.
#
#   home.sh MOUNTS     (SUBNET=ADDRESS,SUBNET=ADDRESS…; empty: on this node)
#
# It is at /mnt/atmo/home, where Zeppelin's own user can reach it too, and linked as ~/work.
set -Eeuo pipefail

readonly root="${ATMO_ROOT:-}"
readonly mounts="$1"
readonly home="${root}/mnt/atmo/home"
readonly notes="${home}/zeppelin"
readonly metadata='http://169.254.169.254/latest'

# Empty where the metadata service does not say.
own_subnet() {
  local token mac
  token="$(curl -sf -m 5 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "${metadata}/api/token")" || return 0
  mac="$(curl -sf -m 5 -H "X-aws-ec2-metadata-token: ${token}" "${metadata}/meta-data/mac")" || return 0
  curl -sf -m 5 -H "X-aws-ec2-metadata-token: ${token}" \
    "${metadata}/meta-data/network/interfaces/macs/${mac}/subnet-id" || return 0
}

# The address in this node's own zone, since traffic between zones is paid; any other reaches the same files.
nearest_address() {
  local subnet mount first=''
  subnet="$(own_subnet)"
  local -a all
  IFS=',' read -r -a all <<<"${mounts}"
  for mount in "${all[@]}"; do
    [[ -n "${first}" ]] || first="${mount#*=}"
    if [[ "${mount%%=*}" == "${subnet}" ]]; then
      printf '%s' "${mount#*=}"
      return
    fi
  done
  printf '%s' "${first}"
}

# The person's own file system: nobody else's node reaches it. Plain NFS, which needs no package: without its mount helper the
# kernel is told the address itself.
mount_home() {
  local address attempt
  local options='nfsvers=4.1,rsize=1048576,wsize=1048576,hard,timeo=600,retrans=2,noresvport'
  local -a helper=()
  address="$(nearest_address)"
  # The folder is not in everybody's PATH.
  if ! command -v mount.nfs4 >/dev/null && [[ ! -x "${root}/sbin/mount.nfs4" ]]; then
    helper=(-i)
    options="${options/nfsvers/vers},addr=${address}"
  fi
  # A new mount target takes a minute and a half until it answers.
  for ((attempt = 1; attempt <= 30; attempt += 1)); do
    if sudo timeout 30 mount "${helper[@]}" -t nfs4 -o "${options}" "${address}:/" "${home}"; then return; fi
    printf 'bootstrap: the home directory cannot be mounted yet (attempt %s)\n' "${attempt}" >&2
    sleep "${ATMO_MOUNT_PAUSE:-10}"
  done
  printf 'bootstrap: the home directory at %s cannot be mounted\n' "${address}" >&2
  return 1
}

sudo install -d -m 755 "${home%/*}"
[[ -d "${home}" ]] || sudo install -d -m 711 "${home}"
if [[ -n "${mounts}" ]] && ! mountpoint -q "${home}"; then
  mount_home
fi
# Releases of EMR may differ in the number of their user.
[[ "$(stat -c %U "${home}")" == "$(id -un)" ]] || sudo chown -R "$(id -un):" "${home}"
chmod 711 "${home}"

# Zeppelin's user does not exist yet; setup-zeppelin.sh makes it the owner and closes the folder again.
[[ -d "${notes}" ]] || install -d -m 777 "${notes}"
id zeppelin >/dev/null 2>&1 || sudo chmod -R a+rwX "${notes}"

[[ -e "${HOME}/work" || -L "${HOME}/work" ]] || ln -s "${home}" "${HOME}/work"

#!/usr/bin/env bash
# EMR bootstrap action, run on every node of a cluster before EMR installs its applications.
#
#   bootstrap.sh --scripts s3://bucket/scripts/HASH --family FAMILY --environment STAGE [--public-key KEY]
#                [--email ADDRESS] [--home MOUNTS] [--timeout HOURS] [--wheels LOCATION]
#
# FAMILY is that of the EMR release, emr-7.x or emr-spark-8.x: it decides which Python packages the node gets. They come
# from LOCATION, by default the folder wheels/ of the bucket that the scripts are in.
#
# Without --scripts it takes the scripts from the folder it lies in itself. An empty value is as good as none. A second
# run changes nothing. Whatever fails makes the cluster fail: half a cluster helps nobody.
#
# ATMO_ROOT is put before every absolute path, for tests.
set -Eeuo pipefail

readonly root="${ATMO_ROOT:-}"
readonly atmo="${root}/opt/atmo"
readonly log="${root}/var/log/atmo/bootstrap.log"

fail() {
  printf 'bootstrap: %s\n' "$*" >&2
  exit 1
}

public_key='' email='' home='' timeout='' environment='' scripts='' family='' wheels=''
while (($# > 0)); do
  (($# >= 2)) || fail "option $1 needs a value"
  case "$1" in
    --public-key) public_key="$2" ;;
    --email) email="$2" ;;
    --home) home="$2" ;;
    --timeout) timeout="$2" ;;
    --environment) environment="$2" ;;
    --family) family="$2" ;;
    --wheels) wheels="$2" ;;
    --scripts) scripts="${2%/}" ;;
    *) fail "unknown option $1" ;;
  esac
  shift 2
done

# What becomes part of a path, a mount or a line of a file holds nothing that could end it.
[[ -z "${public_key}" || "${public_key}" =~ ^(ssh-(rsa|dss|ed25519)|ecdsa-sha2-nistp(256|384|521))\ [A-Za-z0-9+/]+=*(\ [^[:cntrl:]]*)?$ ]] ||
  fail '--public-key is not a public key in one line'
[[ "${home}," =~ ^(,|(subnet-[a-z0-9]+=[0-9]{1,3}(\.[0-9]{1,3}){3},)+)$ ]] || fail '--home is not a list of subnets and addresses'
[[ "${email}" != *[[:cntrl:]]* ]] || fail '--email is not one line'
[[ -z "${timeout}" || "${timeout}" =~ ^[1-9][0-9]{0,3}$ ]] || fail '--timeout is not a number of hours'
[[ "${environment}" =~ ^[A-Za-z0-9_-]*$ ]] || fail '--environment is not a name'
[[ "${family}" =~ ^emr-[a-z0-9.-]+$ ]] || fail '--family is not a release family'
[[ -z "${scripts}" || "${scripts}" =~ ^s3://[^[:cntrl:]]+$ ]] || fail '--scripts is not an S3 location'
if [[ -z "${wheels}" && "${scripts}" =~ ^(s3://[^/]+)/ ]]; then
  wheels="${BASH_REMATCH[1]}/wheels"
fi
[[ "${wheels}" =~ ^(s3:/)?/[^[:cntrl:]]+$ ]] || fail '--wheels is neither an S3 location nor a folder'

# The scripts bring the other parts of this action along, so they come first.
fetch_scripts() {
  local source="${scripts:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}"
  # Each version has a folder of its own in S3, named by its content: the same name is the same content.
  if [[ -n "${scripts}" && "$(cat "${atmo}/emr/.source" 2>/dev/null || true)" == "${source}" ]]; then
    return
  fi
  local fetched
  fetched="$(mktemp -d)"
  if [[ -n "${scripts}" ]]; then
    aws s3 cp --recursive --only-show-errors "${source}/" "${fetched}/"
  else
    cp -R "${source}/." "${fetched}/"
  fi
  printf '%s\n' "${source}" >"${fetched}/.source"
  # S3 keeps no permissions.
  chmod -R u=rwX,go=rX "${fetched}"
  chmod 755 "${fetched}"/bootstrap/*.sh "${fetched}"/steps/*.sh
  sudo install -d -m 755 "${atmo}"
  sudo rm -rf "${atmo}/emr"
  sudo cp -R "${fetched}" "${atmo}/emr"
  rm -rf "${fetched}"
}

is_master() {
  grep -Eq '"isMaster" *: *true' "${root}/mnt/var/lib/info/instance.json"
}

main() {
  trap 'printf "bootstrap: line %s failed: %s\n" "${LINENO}" "${BASH_COMMAND}" >&2' ERR
  fetch_scripts
  export ATMO_ROOT="${root}"
  "${atmo}/emr/bootstrap/safety-net.sh" "${timeout}"
  "${atmo}/emr/bootstrap/python-environment.sh" "${family}" "${wheels}"
  if is_master; then
    "${atmo}/emr/bootstrap/home.sh" "${home}"
    "${atmo}/emr/bootstrap/authorized-key.sh" "${public_key}"
    "${atmo}/emr/bootstrap/jupyter.sh"
  fi
  printf 'bootstrap: done (%s, for %s)\n' "${environment:-no environment}" "${email:-nobody}"
}

sudo install -d -m 755 "${log%/*}"
# EMR keeps what this prints, too; the file is for people logged in on the node. pipefail hands main's failure on.
main 2>&1 | sudo tee -a "${log}"

#!/usr/bin/env bash
# Lets the person log in with their own key, beside the cluster's EC2 key pair if it has one.
#
#   authorized-key.sh PUBLIC-KEY     (empty: nobody's)
set -Eeuo pipefail

readonly public_key="$1"
readonly folder="${HOME:?}/.ssh"
readonly file="${folder}/authorized_keys"

[[ -n "${public_key}" ]] || exit 0
install -d -m 700 "${folder}"
touch "${file}"
chmod 600 "${file}"
# The type and the key itself: a comment that has changed makes no second key.
read -r type blob _ <<<"${public_key}"
if ! grep -qF -- "${type} ${blob}" "${file}"; then
  # Somebody's last line may lack its end.
  [[ ! -s "${file}" || -z "$(tail -c 1 "${file}")" ]] || printf '\n' >>"${file}"
  printf '%s\n' "${public_key}" >>"${file}"
fi

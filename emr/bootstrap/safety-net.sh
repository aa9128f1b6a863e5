#!/usr/bin/env bash
# The very last safety net against a forgotten cluster: the node goes down by itself, when the portal, its sweeps and
# EMR's own idle check have all failed to end it.
#
#   safety-net.sh HOURS     (empty: no limit)
set -Eeuo pipefail

readonly root="${ATMO_ROOT:-}"
readonly hours="$1"
# The portal ends a cluster within a minute of its time, a run's script some minutes before it: an hour is ample.
readonly grace_minutes=60

[[ -n "${hours}" ]] || exit 0
# Where systemd notes a planned shutdown. Planned once it stays planned, and is not put off by a second run.
[[ ! -e "${root}/run/systemd/shutdown/scheduled" ]] || exit 0
sudo shutdown -h "+$((hours * 60 + grace_minutes))" 'ATMO: the time of this cluster is over'

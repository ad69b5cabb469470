#!/usr/bin/env bash
# Unpacks a bundle and follows the README on a machine without a network: a namespace that has loopback and nothing else.
#   tests/air_gap.sh dist/nutgraf-….tar.gz
set -euo pipefail
archive=$(realpath "$1")
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
tar -xzf "$archive" -C "$room"
cd "$room"/nutgraf-*

# shellcheck disable=SC2016  # the inner shell's
unshare --net bash -euc '
  ip link set lo up
  export HOME=$PWD PIP_CONFIG_FILE=/dev/null PORT=8000
  make serve >serve.log 2>&1 &
  server=$!
  for _ in $(seq 180); do
    curl -sf http://127.0.0.1:8000/readyz >/dev/null && break
    kill -0 $server || { cat serve.log; exit 1; }
    sleep 1
  done
  answer=$(curl -sf http://127.0.0.1:8000/summarize -H "Content-Type: application/json" -d @samples/short.json)
  grep -q "The town library reopened on Saturday" <<<"$answer"
  job=$(curl -sf http://127.0.0.1:8000/jobs -H "Content-Type: application/x-ndjson" -d "$(tr -d "\n" <samples/short.json)")
  id=$(sed -E "s/.*\"id\":\"([0-9a-f]+)\".*/\1/" <<<"$job")
  for _ in $(seq 60); do
    curl -sf "http://127.0.0.1:8000/jobs/$id" | grep -q "\"state\":\"done\"" && break
    sleep 1
  done
  curl -sf "http://127.0.0.1:8000/jobs/$id/results" | grep -q "The town library reopened on Saturday"
  kill $server
  wait $server || true
'
echo "The bundle serves, and works on jobs, without a network."

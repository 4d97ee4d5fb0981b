#!/usr/bin/env bash
# Measures what one core gives: the stack on the first, its clients on the second; see
# helm/docs/scaling.md. Takes the first of eight ports that are free.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
first=${1:-18200}
work=$(mktemp -d)
up=

finish() {
  [ -z "$up" ] || { kill -TERM "$up" && wait "$up" || true; }
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

export ESPALIER_GATEWAY_LLM_UPSTREAMS_FIXED_URL="http://127.0.0.1:$((first + 6))/v1"
export ESPALIER_GATEWAY_LLM_UPSTREAMS_FIXED_ALLOW_PRIVATE_ADDRESSES=true
taskset -c 0 "$root/espalier" up --data-dir "$work/data" --port "$first" --memory-port $((first + 1)) \
  --equivalence-port $((first + 2)) --reasoning-port $((first + 3)) --kg-port $((first + 4)) \
  --database-port $((first + 5)) > "$work/log" 2>&1 &
up=$!
until grep -q "Espalier is ready" "$work/log"; do
  kill -0 "$up" 2> /dev/null || { tail "$work/log" >&2; exit 1; }
  sleep 1
done
key=$(grep -m 1 "API key" "$work/log" | awk '{print $NF}')
taskset -c 1 java "-Droot=$root" "$root/helm/tests/src/test/java/dev/espalier/helm/SizesBenchmark.java" \
  "$first" "$key" $((first + 1)) $((first + 2)) $((first + 3)) $((first + 4)) $((first + 6))

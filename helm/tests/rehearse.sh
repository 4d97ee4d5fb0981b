#!/usr/bin/env bash
# Plays the chart on this machine; see helm/docs/developing.md.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

fail() {
  echo "rehearse: $1" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || fail "only root can give processes networks and mounts of their own"
for tool in java mvn ip unshare setpriv chroot; do
  command -v "$tool" > /dev/null || fail "$tool is missing"
done
modules=helm/tests,memory-service,equivalence-detector,reasoning-search,kg-reasoner,gateway
[ "${REHEARSE_BUILD:-true}" != true ] \
  || (cd "$root" && mvn -q -B -ntp -Dstyle.color=never package -Dmaven.test.skip=true -am -pl "$modules")
exec java -Xmx256m "-Despalier.root=$root" -jar "$root/helm/tests/target/rehearsal.jar" "$@"

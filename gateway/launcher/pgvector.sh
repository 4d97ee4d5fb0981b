#!/usr/bin/env bash
# Makes pgvector for the embedded PostgreSQL, once, and prints the folder that holds it.
#
# Source and headers come from Debian 13 through apt, which checks signatures and checksums, with
# lists and caches of its own: nothing is installed, no right is needed, and nothing is written
# outside the cache folder. Where it cannot be done, the script says why and exits with 1.
set -euo pipefail

version=0.8.0
source_sha256=867a2c328d4928a5a9d6f052cd3bc78c7d60228a9b914ad32aa3db88e9de27b0
suite=trixie
cache=${XDG_CACHE_HOME:-$HOME/.cache}/espalier
result=${ESPALIER_PGVECTOR_DIR:-$cache/pgvector-$version-pg17-$(uname -m)}

give_up() {
  echo "pgvector is not available: $1" >&2
  exit 1
}

if [ -f "$result/vector.so" ] && [ -f "$result/vector.control" ]; then
  echo "$result"
  exit 0
fi

[ -z "${ESPALIER_PGVECTOR_DIR:-}" ] || give_up "ESPALIER_PGVECTOR_DIR holds no vector.so and vector.control"
[ "$(uname -s)" = Linux ] || give_up "it is built on Linux only"
for tool in gcc apt-get apt-config dpkg-deb tar sha256sum; do
  command -v "$tool" > /dev/null || give_up "$tool is missing"
done
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -f "$keyring" ] || give_up "Debian's archive keyring is missing"

# The mirror that this machine uses itself for its own release.
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 2> /dev/null \
  | awk -v release="$codename" '$2 == release && $3 == "main" { print $1; exit }')
[ -n "$mirror" ] || give_up "apt names no mirror of Debian"

mkdir -p "$cache"
work=$(mktemp -d "$cache/pgvector-build.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p state/lists/partial cache/archives/partial download headers source made

printf 'deb [signed-by=%s] %s %s main\ndeb-src [signed-by=%s] %s %s main\n' \
  "$keyring" "$mirror" "$suite" "$keyring" "$mirror" "$suite" > sources.list
{
  # Proxy and transport settings of the machine, and none of its hooks.
  apt-config dump | grep -E '^Acquire::(http|https)::' || true
  cat << CONFIG
Dir::Etc::main "/dev/null";
Dir::Etc::parts "/dev/null";
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State "$work/state";
Dir::State::status "/var/lib/dpkg/status";
Dir::Cache "$work/cache";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "2";
CONFIG
} > apt.conf
export APT_CONFIG=$work/apt.conf

{ apt-get -qq update \
  && cd download \
  && apt-get -qq download postgresql-server-dev-17 \
  && apt-get -qq --download-only source "pgvector=$version-1"; } > "$work/apt.log" 2>&1 \
  || give_up "apt could not fetch it: $(tail -n 1 "$work/apt.log")"
echo "$source_sha256  pgvector_$version.orig.tar.gz" | sha256sum --check --status \
  || give_up "the source archive has another checksum than expected"

dpkg-deb --extract postgresql-server-dev-17_*.deb "$work/headers"
tar -xzf "pgvector_$version.orig.tar.gz" -C "$work/source" --strip-components=1
cd "$work/source"
gcc -O2 -fPIC -shared -ftree-vectorize -fassociative-math -fno-signed-zeros -fno-trapping-math \
  -I "$work/headers/usr/include/postgresql/17/server" -o "$work/made/vector.so" src/*.c \
  > "$work/gcc.log" 2>&1 || give_up "gcc failed: $(grep -m 1 error "$work/gcc.log")"
cp vector.control "$work/made/"
cp sql/vector.sql "$work/made/vector--$version.sql"

# Whoever is first wins; the other one's folder is the same.
mv -T "$work/made" "$result" 2> /dev/null || [ -f "$result/vector.so" ] \
  || give_up "$result cannot be written"
echo "$result"

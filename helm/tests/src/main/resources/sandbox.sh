#!/bin/sh
# Runs a command as a container would: its own mounts and network, a read-only root, one user
# without rights. Called in new namespaces; the variables SANDBOX_... say how.
set -e
root=$SANDBOX_ROOT
mount --make-rprivate /
mount -t tmpfs -o mode=755 sandbox "$root"
for folder in usr bin sbin lib lib64 etc; do
  if [ -L "/$folder" ]; then
    cp -P "/$folder" "$root/$folder"
  elif [ -d "/$folder" ]; then
    mkdir "$root/$folder"
    mount --rbind "/$folder" "$root/$folder"
    mount -o remount,ro,bind "$root/$folder"
  fi
done
mount --bind "$SANDBOX_HOSTS" "$root/etc/hosts"
mkdir "$root/proc" "$root/sys" "$root/dev" "$root/tmp" "$root/app"
mount --rbind /proc "$root/proc"
mount --rbind /sys "$root/sys"
for device in null zero full random urandom; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -t tmpfs -o "size=$SANDBOX_TMP_SIZE,mode=1777" tmp "$root/tmp"
for entry in "$SANDBOX_APP"/*; do
  name=$(basename "$entry")
  if [ -d "$entry" ]; then mkdir "$root/app/$name"; else touch "$root/app/$name"; fi
  mount --bind "$entry" "$root/app/$name"
  mount -o remount,ro,bind "$root/app/$name"
done
if [ -n "$SANDBOX_CONFIG" ]; then
  mkdir "$root/app/config"
  mount --bind "$SANDBOX_CONFIG" "$root/app/config"
  mount -o remount,ro,bind "$root/app/config"
fi
mount -o remount,ro "$root"

if [ -n "$SANDBOX_CGROUP" ]; then
  echo $$ > "$SANDBOX_CGROUP/cgroup.procs"
fi
until ip link show eth0 > /dev/null 2>&1; do sleep 0.02; done
ip link set lo up
ip address add "$SANDBOX_ADDRESS" dev eth0
ip link set eth0 up

exec chroot "$root" setpriv --reuid "$SANDBOX_USER" --regid "$SANDBOX_GROUP" --clear-groups \
  --no-new-privs --bounding-set=-all --inh-caps=-all --pdeathsig KILL -- \
  env -u SANDBOX_ROOT -u SANDBOX_HOSTS -u SANDBOX_TMP_SIZE -u SANDBOX_APP -u SANDBOX_CONFIG \
  -u SANDBOX_CGROUP -u SANDBOX_ADDRESS -u SANDBOX_USER -u SANDBOX_GROUP --chdir=/app "$@"

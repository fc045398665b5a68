# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
#
# Bare Debian 12 systems, for the scripts that try packages. Sourced after lib.sh; the caller has set
# `work` to an absolute directory, where systems, packages and the last log of apt lie.

archive=http://deb.debian.org/debian

# Runs a command in the system DIRECTORY, with its own processes and mounts, as root without the
# surroundings' variables. What was started there ends with it. It is no chroot, in which programs
# could not make sandboxes of their own.
inside ()
{
  local root=$1

  shift
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
  unshare --mount --pid --fork --kill-child bash -euc '
    root=$1
    shift
    mount --make-rprivate /
    mount --bind "$root" "$root"
    cd "$root"
    mount -t proc proc proc
    mount --rbind /dev dev
    mount -t tmpfs tmpfs dev/shm
    mount --rbind /sys sys
    mkdir -p mnt/before
    pivot_root . mnt/before
    exec chroot . sh -c "umount -l /mnt/before; cd /; exec \"\$@\"" - "$@"' - "$root" \
    /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive "$@"
}

# Makes the system DIRECTORY anew from the bare one.
bare ()
{
  if [ ! -e "$work/bare.tar" ]; then
    say 'a bare Debian 12'
    mmdebstrap --quiet --variant=minbase bookworm "$work/bare.tar.part" \
      "deb $archive bookworm main" "deb $archive bookworm-updates main" \
      "deb ${archive}-security bookworm-security main"
    mv "$work/bare.tar.part" "$work/bare.tar"
  fi
  rm -rf --one-file-system "$1"
  mkdir -p "$1"
  tar -C "$1" -xf "$work/bare.tar"
  # nothing starts because it is installed
  printf '#!/bin/sh\nexit 101\n' > "$1/usr/sbin/policy-rc.d"
  chmod +x "$1/usr/sbin/policy-rc.d"
  mkdir -p "$work/cache"
  cp -l "$work/cache"/*.deb "$1/var/cache/apt/archives/" 2> /dev/null || true
  inside "$1" apt-get -q update > "$work/apt.log" 2>&1 || { cat "$work/apt.log"; exit 1; }
}

# Installs in the system DIRECTORY, and keeps what was fetched.
get ()
{
  local root=$1

  shift
  inside "$root" apt-get -q -y --no-install-recommends \
    -o Dpkg::Options::=--force-confold "$@" > "$work/apt.log" 2>&1 \
    || { tail -n 30 "$work/apt.log"; fail "apt-get $*"; }
  cp -ln "$root"/var/cache/apt/archives/*.deb "$work/cache/" 2> /dev/null || true
}

# Puts the sources, as they are in git or would be, into DIRECTORY.
sources ()
{
  mkdir -p "$1"
  if [ -e "$top/.git" ]; then
    (cd "$top" && git -c safe.directory="$top" ls-files -z -co --exclude-standard \
     | while IFS= read -r -d '' name; do [ ! -e "$name" ] || printf '%s\0' "$name"; done \
     | tar -c --null -T -) | tar -x -C "$1" --no-same-owner
  else
    (cd "$top" && tar -c --exclude='./_build*' .) | tar -x -C "$1" --no-same-owner
  fi
}

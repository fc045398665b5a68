# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
#
# What the scripts share. Sourced; the caller has `set -euo pipefail`.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$top/_build

say ()
{
  printf '== %s\n' "$*"
}

fail ()
{
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# Prints the packages of the named groups of packages.txt, one a line.
packages_of ()
{
  local groups=" $* "

  awk -v groups="$groups" '
    /^\[/ { group = substr ($0, 2, index ($0, "]") - 2); next }
    /^[[:space:]]*(#|$)/ { next }
    index (groups, " " group " ") { print $1 }
  ' "$top/scripts/packages.txt"
}

# Prints those of the packages on standard input that are not installed.
missing_packages ()
{
  sort -u | comm -23 - <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' \
                         | sed -n 's/^installed //p' | sort -u)
}

as_root ()
{
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo > /dev/null; then
    sudo "$@"
  else
    fail "packages are missing; run this once as root, or install sudo: $*"
  fi
}

# Installs what is missing of the named groups, and nothing else.
install_packages ()
{
  local missing apt

  if ! command -v dpkg-query > /dev/null; then
    say 'not a Debian system: the packages of scripts/packages.txt must be there already'
    return
  fi

  mapfile -t missing < <(packages_of "$@" | missing_packages)
  if [ "${#missing[@]}" = 0 ]; then
    return
  fi

  say "installing ${#missing[@]} packages: ${missing[*]}"
  apt=(env DEBIAN_FRONTEND=noninteractive
       apt-get -q -y -o DPkg::Lock::Timeout=900 -o Acquire::Retries=3)
  as_root "${apt[@]}" update
  as_root "${apt[@]}" install --no-install-recommends "${missing[@]}"
}

# Configures the build directory, or only brings its options up to date.
configure ()
{
  local options=("$@")

  if [ -f "$build/build.ninja" ]; then
    # A build directory that was moved, or that another meson made, is made anew.
    if meson configure "$build" "${options[@]}" > "$build/configure.log" 2>&1; then
      return
    fi
    say 'the build directory does not fit any more: starting it again'
    meson setup --wipe "$build" "$top" "${options[@]}"
    return
  fi
  meson setup "$build" "$top" "${options[@]}"
}

# Builds everything, and the further targets that are named.
compile ()
{
  say 'building'
  ninja -C "$build" all "$@"
}

# Makes the programs of the build directory find their texts and settings without being installed.
use_build ()
{
  export PATH="$build/src/programs:$PATH"
  export YEJI_LOCALEDIR="$build/po"
  export GSETTINGS_SCHEMA_DIR="$build/data"
}

#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
#
# Usage: packaging/windows/build.sh [--prefix PREFIX] [--work DIRECTORY] [--sign FILE] [STEP...]
#
# Makes Yeji for 64-bit Windows on Debian 12: a portable zip, a set-up program for one user, and
# packages for administrators, in DIRECTORY/out. The steps, all of them by default:
#
#   prefix    the libraries, from source packages: 25 minutes once, nothing when nothing changed
#   client    the programs
#   bundle    the folder with all that they need
#   zip       that folder to be unpacked anywhere
#   setup     the set-up program, in Chinese and English, without an administrator
#   msi       the packages for administrators, a Chinese one and an English one
#
# --prefix    libraries that are there already, a folder or an archive of one, instead of making
#             them; also YEJI_WINDOWS_PREFIX
# --work      where everything is made; by default ~/.cache/yeji/windows, also YEJI_WINDOWS_WORK
# --sign      signs programs and packages by osslsigncode with this PKCS#12 file; its password is
#             read from YEJI_SIGN_PASSWORD. YEJI_SIGN_TIME is a time stamp server (RFC 3161)

set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
. "$here/../../scripts/lib.sh"

work=${YEJI_WINDOWS_WORK:-${XDG_CACHE_HOME:-$HOME/.cache}/yeji/windows}
given=${YEJI_WINDOWS_PREFIX:-}
key=
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) given=$2; shift 2 ;;
    --work) work=$2; shift 2 ;;
    --sign) key=$(readlink -f "$2"); shift 2 ;;
    --help | -h) sed -n '5,24s/^# \?//p' "$0"; exit ;;
    -*) fail "unknown option $1; see --help" ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || set -- prefix client bundle zip setup msi
mkdir -p "$work"
work=$(readlink -f "$work")
given=${given:+$(readlink -f "$given")}
prefix=$work/prefix
version=$(sed -n "s/^  version: '\(.*\)',/\1/p" "$top/meson.build")
name=Yeji-$version
folder=$work/$name
out=$work/out

# A prefix that was given is unpacked or copied once: libraries are added to it.
take_prefix ()
{
  local stamp=$prefix/given
  local mark

  if [ -d "$given" ]; then
    mark="$given $(stat -c %Y "$given")"
  else
    mark=$(sha256sum < "$given")
  fi
  if [ "$(cat "$stamp" 2> /dev/null)" = "$mark" ]; then
    return
  fi
  rm -rf "$prefix" "$prefix.new"
  mkdir "$prefix.new"
  if [ -d "$given" ]; then
    cp -a "$given/." "$prefix.new/"
  else
    tar -xf "$given" -C "$prefix.new" --strip-components=1
  fi
  [ -e "$prefix.new/lib/pkgconfig/gtk4.pc" ] || fail "$given has no lib/pkgconfig/gtk4.pc"
  [ -e "$prefix.new/lib/pkgconfig/libgcrypt.pc" ] || "$here/add-gcrypt" "$prefix.new"
  echo "$mark" > "$prefix.new/given"
  mv "$prefix.new" "$prefix"
}

do_prefix ()
{
  if [ -n "$given" ]; then
    take_prefix
  else
    "$here/prefix.sh" "$work"
  fi
}

# The wrapper is for the tests, which bring a wine with them; nothing is run when the build is set up.
write_prefix_ini ()
{
  {
    printf '%s\n' "[properties]" "needs_exe_wrapper = true" "skip_sanity_check = true" \
      "pkg_config_libdir = '$prefix/lib/pkgconfig'" \
      "[built-in options]" "c_args = ['-I$prefix/include']" "c_link_args = ['-L$prefix/lib']" \
      "[binaries]" "exe_wrapper = '$here/try/in-wine'"
    if command -v ccache > /dev/null; then
      echo "c = ['ccache', 'x86_64-w64-mingw32-gcc-posix']"
    fi
  } > "$work/prefix.ini"
}

do_client ()
{
  local client=$work/client

  [ -e "$prefix/lib/pkgconfig/gtk4.pc" ] || do_prefix
  write_prefix_ini
  # The province is no part of it; the tests are there for try.sh, and not built here.
  if ! cmp -s "$work/prefix.ini" "$client/prefix.ini" 2> /dev/null; then
    rm -rf "$client"
    meson setup "$client" "$top" --cross-file "$here/cross.ini" --cross-file "$work/prefix.ini" \
      --wrap-mode=nofallback -Dwerror=true -Dbuildtype=plain -Doptimization=2 -Ddebug=false \
      -Dserver=disabled
    cp "$work/prefix.ini" "$client/"
  fi
  ninja -C "$client" src/programs/{org.yeji.Yeji,yeji,yeji-examiner}.exe yeji-gmo
}

sign ()
{
  local file
  local -a time=()

  [ -n "$key" ] || return 0
  [ -z "${YEJI_SIGN_TIME:-}" ] || time=(-ts "$YEJI_SIGN_TIME")
  for file in "$@"; do
    osslsigncode sign -pkcs12 "$key" -readpass <(printf '%s' "${YEJI_SIGN_PASSWORD:-}") -h sha256 \
      -n Yeji "${time[@]}" -in "$file" -out "$file.signed"
    mv "$file.signed" "$file"
  done
}

do_bundle ()
{
  "$here/bundle.py" --source "$top" --build "$work/client" --prefix "$prefix" "$folder"
  sign "$folder"/bin/{org.yeji.Yeji,yeji,yeji-examiner}.exe
}

do_zip ()
{
  rm -f "$out/$name-portable.zip"
  (cd "$work" && python3 -m zipfile -c "$out/$name-portable.zip" "$name/")
}

do_setup ()
{
  makensis -V2 -NOCD -INPUTCHARSET UTF8 -DVERSION="$version" -DFOLDER="$folder" \
    -DICON="$work/client/src/programs/windows/yeji.ico" -DOUT="$out/$name-setup.exe" \
    "$here/installer.nsi"
  sign "$out/$name-setup.exe"
}

do_msi ()
{
  "$here/msi.py" --version "$version" --folder "$folder" --template "$here/installer.wxs.in" \
    --icon "$work/client/src/programs/windows/yeji.ico" --work "$work/msi" --out "$out/$name"
  sign "$out/$name-zh.msi" "$out/$name-en.msi"
}

run_step ()
{
  local began=$SECONDS

  "do_$1"
  say "$1: $((SECONDS - began)) s"
}

# What is packed from the same folder is packed side by side.
packers=()

wait_for_packers ()
{
  local packer

  for packer in "${packers[@]}"; do
    wait "$packer"
  done
  packers=()
}

install_packages build windows
mkdir -p "$out"
for step in "$@"; do
  case $step in
    zip | setup | msi)
      run_step "$step" &
      packers+=($!)
      ;;
    prefix | client | bundle)
      wait_for_packers
      run_step "$step"
      ;;
    *) fail "there is no step $step; see --help" ;;
  esac
done
wait_for_packers
du -sh "$folder" "$out"/* 2> /dev/null || true

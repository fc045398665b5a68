#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
#
# Usage: packaging/windows/try.sh [--prefix PREFIX] [--work DIRECTORY] [PART...]
#
# Builds Yeji for Windows and tries it under wine, with a private X server: line (`yeji` through the
# main job against a server of this system, over HTTP), tls (the same over HTTPS), window (started,
# photographed, driven by keys, started twice, killed, started again), setup, zip and msi (installed
# silently, run, removed), signed (with a key that is thrown away), units (the tests of the layers
# below the window and the server). Says how long each took, and how large the packages are. --prefix
# and --work as of build.sh.

set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
. "$here/../../scripts/lib.sh"

work=${YEJI_WINDOWS_WORK:-${XDG_CACHE_HOME:-$HOME/.cache}/yeji/windows}
options=()
while [ $# -gt 0 ]; do
  case $1 in
    --prefix) options+=(--prefix "$2"); shift 2 ;;
    --work) work=$2; shift 2 ;;
    --help | -h) sed -n '5,12s/^# \?//p' "$0"; exit ;;
    -*) fail "unknown option $1; see --help" ;;
    *) break ;;
  esac
done

install_packages build test windows
"$here/build.sh" "${options[@]}" --work "$work"
if [ ! -e "${YEJI_NATIVE:=$build}/src/programs/yeji-server" ]; then
  configure
  ninja -C "$build" src/programs/yeji-server sample-documents
fi
exec /usr/bin/python3 "$top/tests/e2e/xsession.py" --screen 1400x950 -- \
  /usr/bin/python3 "$here/try/try.py" --source "$top" --native "$YEJI_NATIVE" \
  --work "$(readlink -f "$work")" "$@"

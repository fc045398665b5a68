#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
#
# Usage: tests/store/versions/make-version.sh VERSION COMMIT
#
# Builds the programs of an earlier commit aside and lets them fill a profile of that version of the
# database; writes it down beside this script as VERSION.sql.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../../.." && pwd)
version=${1:?the version of the database}
commit=${2:?the last commit that has it and can be built}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

git -C "$top" archive "$commit" | tar x -C "$place"
# Of that commit's tests nothing is built; what the profile needs beside its programs is.
cat > "$place/tests/meson.build" <<EOF
executable('stage', files('$here/stage.c'),
  dependencies: yeji_deps['store'],
  include_directories: config_inc,
)
EOF
meson setup "$place/_build" "$place" -Dapp=disabled > "$place/setup.log"
ninja -C "$place/_build" src/programs/yeji src/programs/yeji-server tests/stage > "$place/log" \
  || { tail -n 20 "$place/log"; exit 1; }
/usr/bin/python3 "$here/make_version.py" --build "$place/_build" --source "$place" \
  --version "$version" --to "$here"

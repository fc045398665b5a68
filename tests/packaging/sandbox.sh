#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
#
# What scripts/flatpak-try asks of the installed flatpaks, on a Debian that has nothing else; beside
# it lie `look` and the samples, and it leaves pictures there. As `sandbox.sh choose FILE PICTURE` it
# answers the file chooser of a window that is shown, as `sandbox.sh beside` it opens the twin's.

set -euo pipefail

cd "$(dirname "$0")"
here=$PWD
app=org.yeji.Yeji
export YEJI_KEYRING=none LANG=C.UTF-8

fail ()
{
  printf '%s\n' "$*" >&2
  exit 1
}

# Waits until the command says yes.
await ()
{
  for _ in $(seq 200); do
    if "$@"; then
      return 0
    fi
    sleep 0.1
  done
  fail "never: $*"
}

portal_window ()
{
  xdotool search --onlyvisible --class xdg-desktop-portal-gtk > "$XDG_RUNTIME_DIR/window" 2> /dev/null
}

no_portal_window ()
{
  ! portal_window
}

documents_came ()
{
  ls "$XDG_RUNTIME_DIR/doc" | grep -qv '^by-app$'
}

# The keyboard follows the pointer, as nobody manages windows here.
choose ()
{
  xdotool mousemove 640 400
  xdotool key ctrl+o
  await portal_window
  xdotool mousemove 640 400
  xdotool windowfocus "$(tail -n 1 "$XDG_RUNTIME_DIR/window")" 2> /dev/null || true
  xdotool type --delay 40 "$1"
  import -window root "$2"
  xdotool key Return
  await no_portal_window
  await documents_came
}

# A command of the flatpak, in a session of its own.
enter ()
{
  local command=$1

  shift
  XDG_RUNTIME_DIR=$runtime dbus-run-session -- \
    flatpak run --command="$command" "${twin:-$app}" "$@" 2>> "$here/log" \
    || { tail -n 20 "$here/log" >&2; return 1; }
}

two_windows ()
{
  [ "$(xdotool search --onlyvisible --class org.yeji.Yeji 2> /dev/null | wc -l)" = 2 ]
}

if [ "${1:-}" = beside ]; then
  ! two_windows || exit 1
  flatpak run "$app.Devel" > /dev/null 2>&1 &
  await two_windows
  exit
fi
if [ "${1:-}" = choose ]; then
  choose "$2" "$3"
  exit
fi

# Within it has the same name: so what the portal hands over is found there.
runtime=/run/user/$(id -u)
mkdir -p -m 0700 "$runtime"
export LOOK_RUNTIME=$runtime

echo '-- what it may do, and no more'
flatpak info --show-permissions "$app" | tee permissions
if grep -E '^(filesystems|devices=.*all|features)|system-bus|session-bus;' permissions; then
  fail 'it may do more'
fi
for right in 'shared=network;ipc;' 'sockets=x11;wayland;fallback-x11;' 'devices=dri;' \
             'org.freedesktop.secrets=talk'; do
  grep -qxF "$right" permissions || fail "no $right"
done

echo '-- it sees no file of the clerk, and keeps its own where the sandbox has them'
echo secret > "$HOME/secret.txt"
enter sh -c 'test ! -e "$1" && test ! -e "$2"' - "$HOME/secret.txt" "$here/samples" \
  || fail 'it sees files'
uuid=$(enter yeji new --role construction)
enter yeji list | grep "$uuid"
ls "$HOME/.var/app/$app/data/yeji/"

echo '-- what the manifest brings comes from there, and nothing is missing'
enter sh -c 'ldd /app/bin/org.yeji.Yeji /app/bin/yeji /app/libexec/yeji-examiner
             ldd /app/lib/libpoppler-glib.so.8' > libraries
! grep 'not found' libraries || exit 1
for name in libsodium libqrencode libxlsxwriter libpoppler; do
  grep -q "$name.* => /app/lib/" libraries || fail "$name is another one"
done

echo '-- a document is looked at, by poppler, within'
mkdir -p "$HOME/.var/app/$app/data/from"
cp samples/complete-construction.json "$HOME/.var/app/$app/data/from/"
inside=$HOME/.var/app/$app/data/from
uuid=$(enter yeji import "$inside/complete-construction.json" | head -n 1)
enter yeji print "$uuid" "$inside/form.pdf"
enter yeji attach "$uuid" construction_permit "$inside/form.pdf"
enter yeji documents list "$uuid" | grep form.pdf
printf '{"do":"examine","id":1,"path":"%s"}\n' "$inside/form.pdf" \
  | enter /app/libexec/yeji-examiner | grep '"pages":[1-9]' || fail 'nobody counted its pages'

echo '-- in Chinese'
LANGUAGE=zh_CN enter yeji --help | grep -q 用法 || fail 'its texts are not Chinese'

echo '-- its window'
data=$HOME/.var/app/$app/data
./look "$here/flatpak.png" flatpak run "$app" --profile "$data/first"
LANGUAGE=en ./look "$here/flatpak-english.png" flatpak run "$app" --profile "$data/first-english"

echo '-- a file comes through the portal'
cp samples/complete-design.json "$HOME/"
export XDG_CURRENT_DESKTOP=GNOME
for language in zh_CN en; do
  LANGUAGE=$language \
    LOOK_THEN="bash sandbox.sh choose $HOME/complete-design.json flatpak-chooser-$language.png" \
    ./look "$here/flatpak-portal-$language.png" flatpak run "$app" --profile "$data/portal-$language"
  enter yeji --profile "$data/portal-$language" list | grep 示例路道路 || fail 'it did not come'
done

echo '-- the twin has another name and other data'
twin=$app.Devel enter yeji list > twin
[ ! -s twin ] || fail "the twin has the other one's records"
LOOK_THEN='bash sandbox.sh beside' ./look "$here/flatpak-devel.png" flatpak run "$app"

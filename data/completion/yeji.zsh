#compdef yeji
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
# What completes yeji in zsh. The program itself is asked what it knows; src/cli/yeji-cli-offer.h says how.
_yeji ()
{
  local line word note plain
  local -a found places
  local files= folders=
  for line in "${(@f)$("$words[1]" completion --offer -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    word="${line%%$'\t'*}"
    note="${${line#"$word"}#$'\t'}"
    case "$word" in
      '') ;;
      :dir) folders=1 ;;
      :file) files='*' ;;
      :file\ *) plain="${word#:file }"; files="(#i)*.(${plain// /|})(-.)" ;;
      */) places+=("${word//:/\\:}${note:+:$note}") ;;
      *) found+=("${word//:/\\:}${note:+:$note}") ;;
    esac
  done
  (( $#found )) && _describe -V yeji found
  (( $#places )) && _describe -V yeji places -S ''
  [[ -n $folders ]] && _files -/
  [[ -n $files ]] && _files -g "$files"
}
if [[ "$funcstack[1]" == _yeji ]]; then
  _yeji "$@"
else
  compdef _yeji yeji
fi

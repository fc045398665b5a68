# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
# What completes yeji in bash. The program itself is asked what it knows; src/cli/yeji-cli-offer.h says how.
_yeji ()
{
  local IFS=$'\n' line word suffix file plain cur="${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  while read -r line; do
    word="${line%%$'\t'*}"
    case "$word" in
      :dir)
        compopt -o filenames
        COMPREPLY+=($(compgen -d -- "$cur"))
        ;;
      :file)
        compopt -o filenames
        COMPREPLY+=($(compgen -f -- "$cur"))
        ;;
      :file\ *)
        compopt -o filenames
        COMPREPLY+=($(compgen -d -- "$cur"))
        plain="${word#:file }"
        for file in $(compgen -f -- "$cur"); do
          suffix="${file##*.}"
          [[ " $plain " == *" ${suffix,,} "* ]] && COMPREPLY+=("$file")
        done
        ;;
      *)
        [[ "$word" == */ ]] && compopt -o nospace
        # what is listed says what it is, what is put in does not
        [[ "$COMP_TYPE" == 63 ]] && word="${line/$'\t'/  }"
        COMPREPLY+=("$word")
        ;;
    esac
  done < <("$1" completion --offer -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ ${#COMPREPLY[@]} == 1 ]]; then
    COMPREPLY[0]="${COMPREPLY[0]%%  *}"
  fi
}
complete -F _yeji yeji

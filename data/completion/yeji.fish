# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Yeji authors
# What completes yeji in fish. The program itself is asked what it knows; src/cli/yeji-cli-offer.h says how.
function __yeji_offer
  set -l words (commandline -opc)
  set -l token (commandline -ct)
  for line in ($words[1] completion --offer -- $words[2..-1] "$token" 2>/dev/null)
    switch $line
      case ':dir'
        __fish_complete_directories "$token"
      case ':file'
        __fish_complete_path "$token"
      case ':file *'
        set -l plain (string replace -a ' ' '|' (string sub -s 7 -- $line))
        __fish_complete_path "$token" | string match -ri '^[^\t]*(?:/|\.(?:'$plain'))(?:\t.*)?$'
      case '*'
        echo $line
    end
  end
end
complete -c yeji -f -a '(__yeji_offer)'

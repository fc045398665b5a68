// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli-commands.h"

G_BEGIN_DECLS

/* What can stand at a place, for the shell that asks: one a line, with a description behind a tab.
 * `:file SUFFIX...` and `:dir` stand for what the shell knows better. */
typedef struct
{
  YejiDictionary *dictionary;
  const char *profile;         /* its folder */
  const char *word;            /* what is there so far */
  GString *text;               /* what is printed */
} YejiCliOffer;

void yeji_cli_offer_word (YejiCliOffer *self,
                          const char   *word,
                          const char   *description);
void yeji_cli_offer_kind (YejiCliOffer *self,
                          YejiArgKind   kind,
                          const char   *words);

G_END_DECLS

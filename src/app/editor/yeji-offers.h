// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"
#include "yeji-suggest.h"

G_BEGIN_DECLS

/* A value that a suggestion changes, or changed. */
typedef struct
{
  YejiRow *row;
  const YejiFieldDef *field;
  char *before;
  char *after;
} YejiEdit;

GPtrArray *yeji_offers_get        (YejiDraft          *draft,
                                   YejiRow            *row,
                                   const YejiFieldDef *field);
GPtrArray *yeji_offers_find_alike (YejiDraft          *draft,
                                   const char         *reason);
GPtrArray *yeji_edits_new         (void);
GPtrArray *yeji_edits_new_for_one (YejiRow            *row,
                                   const YejiFieldDef *field,
                                   const char         *after);
void       yeji_edits_take        (YejiDraft          *draft,
                                   GPtrArray          *edits);
guint      yeji_edits_undo        (YejiDraft          *draft,
                                   GPtrArray          *edits);
char      *yeji_edits_to_text     (GPtrArray          *edits);

G_END_DECLS

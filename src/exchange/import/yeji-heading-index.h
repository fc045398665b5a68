// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-layout.h"

G_BEGIN_DECLS

/* What a heading may mean. */
typedef struct
{
  const YejiFieldDef *field;   /* (nullable) */
  YejiImportKey key;
  YejiImportHow how;
} YejiHeadingMeaning;

/* All that headings are called by: the dictionary's ids, labels and aliases. */
typedef struct _YejiHeadingIndex YejiHeadingIndex;

YejiHeadingIndex   *yeji_heading_index_new        (YejiDictionary     *dictionary);
void                yeji_heading_index_free       (YejiHeadingIndex   *self);
GArray             *yeji_heading_index_find       (YejiHeadingIndex   *self,
                                                   const char         *heading);
const YejiTableDef *yeji_heading_index_find_table (YejiHeadingIndex   *self,
                                                   const char         *name,
                                                   gboolean            whole);
char               *yeji_heading_dup_unit         (const char         *heading);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiHeadingIndex, yeji_heading_index_free)

G_END_DECLS

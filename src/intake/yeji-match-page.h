// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-match-text.h"

G_BEGIN_DECLS

/**
 * YejiMatchPage:
 * @folder: the path without the file's name
 * @stem: what the file's name is without the number; files of one stem are a series
 * @page: the number, -1 if there is none
 * @name: the file's name
 *
 * What a file's place among others is told by.
 */
typedef struct
{
  char *folder;
  char *stem;
  gint64 page;
  char *name;
} YejiMatchPage;

YejiMatchPage *yeji_match_page_new     (const YejiMatchWords *words,
                                        const char           *path);
void           yeji_match_page_free    (YejiMatchPage        *self);
int            yeji_match_page_compare (const YejiMatchPage  *one,
                                        const YejiMatchPage  *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiMatchPage, yeji_match_page_free)

G_END_DECLS

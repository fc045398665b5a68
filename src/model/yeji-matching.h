// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

/* The part `matching.json`: what is known of the names that people give to folders and files.
 * Everything here belongs to the dictionary and never changes. */
struct _YejiMatching
{
  GPtrArray *numbers;          /* (element-type YejiFormat): of fields that name a file */
  GStrv affixes;               /* what a project is called with or without */
  GStrv lots;                  /* what stands behind the number of a lot, a stage, a building */
  GStrv works;                 /* kinds of work: of two different ones, two records */
  GStrv noise;                 /* words that say nothing of a project, of files and scanners */
  GStrv pages;                 /* what stands before or behind the number of a page */
};

YejiMatching *yeji_matching_new  (void);
void          yeji_matching_free (YejiMatching *self);

G_END_DECLS

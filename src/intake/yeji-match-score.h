// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-match-index.h"

G_BEGIN_DECLS

/**
 * YejiMatchHit:
 * @core: the core, %G_MAXUINT when @entry alone is meant
 * @entry: the entry, %G_MAXUINT when all of @core are
 * @score: as yeji-match.h says, lots and kinds of work not looked at
 * @from: where in the name's text it stands, as a whole
 * @n: its length there, 0 if it does not stand there as a whole
 *
 * Something that a name may mean.
 */
typedef struct
{
  guint core;
  guint entry;
  guint score;
  YejiMatchReason reason;
  guint from;
  guint n;
} YejiMatchHit;

/* @hits: (element-type YejiMatchHit): gets what the name may mean */
void  yeji_match_find_hits    (const YejiMatchVocabulary *vocabulary,
                               YejiMatchIndex            *index,
                               const YejiMatchName       *name,
                               GArray                    *hits);
guint yeji_match_score_entry  (const YejiMatchEntry      *entry,
                               const YejiMatchHit        *hit,
                               const YejiMatchName       *name,
                               const GArray              *lots,
                               guint32                    works);

G_END_DECLS

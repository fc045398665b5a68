// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-match-name.h"
#include "yeji-match.h"

G_BEGIN_DECLS

/**
 * YejiMatchCore:
 * @c: (array length=n): a name without lots, and without words that mean nothing at its ends
 * @records: (element-type guint): those that are called so
 *
 * What distinguishes a name.
 */
typedef struct
{
  gunichar *c;
  guint n;
  GArray *records;
} YejiMatchCore;

/* A record, taken apart. */
typedef struct
{
  const YejiMatchRecord *record;
  YejiMatchName *name;
  guint core;                  /* G_MAXUINT: has no name */
} YejiMatchEntry;

/**
 * YejiMatchFound:
 * @thing: a core, or of spelt names a record
 * @n_shared: how many couples of characters, or threes of letters, they have in common
 * @value: how telling these are
 */
typedef struct
{
  guint thing;
  guint n_shared;
  double value;
} YejiMatchFound;

/* The names and numbers of all records, to be found by a part. */
typedef struct _YejiMatchIndex YejiMatchIndex;

YejiMatchIndex       *yeji_match_index_new           (const YejiMatchVocabulary *vocabulary,
                                                      GPtrArray                 *records);
void                  yeji_match_index_free          (YejiMatchIndex            *self);
guint                 yeji_match_index_get_n_entries (YejiMatchIndex            *self);
const YejiMatchEntry *yeji_match_index_get_entry     (YejiMatchIndex            *self,
                                                      guint                      entry);
const YejiMatchCore  *yeji_match_index_get_core      (YejiMatchIndex            *self,
                                                      guint                      core);
void                  yeji_match_index_find_cores    (YejiMatchIndex            *self,
                                                      const gunichar            *c,
                                                      guint                      n,
                                                      GArray                    *found);
void                  yeji_match_index_find_numbers  (YejiMatchIndex            *self,
                                                      const YejiMatchText       *text,
                                                      GArray                    *entries,
                                                      guint                     *from,
                                                      guint                     *n);
void                  yeji_match_index_find_spelt    (YejiMatchIndex            *self,
                                                      const char                *letters,
                                                      GArray                    *found);
void                  yeji_match_index_find_initials (YejiMatchIndex            *self,
                                                      const char                *letters,
                                                      GArray                    *entries);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiMatchIndex, yeji_match_index_free)

G_END_DECLS

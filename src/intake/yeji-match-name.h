// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"
#include "yeji-match-text.h"

G_BEGIN_DECLS

/* What a character of a name belongs to, bits. */
enum
{
  YEJI_MARK_SLOT = 1 << 0,
  YEJI_MARK_LOT = 1 << 1,
  YEJI_MARK_NOISE = 1 << 2,
  YEJI_MARK_WORK = 1 << 3,
  YEJI_MARK_AFFIX = 1 << 4,
};

/* The number of a lot, a stage, a building; a letter is one, too. */
typedef struct
{
  guint kind;
  gint64 value;
} YejiMatchLot;

/* Where a slot is named. */
typedef struct
{
  guint from;
  guint n;
  guint slot;                  /* in the dictionary's order */
  const char *word;
} YejiMatchSpan;

/* The words of a dictionary, ready to be looked for. */
typedef struct
{
  YejiMatchWords *slots;       /* tag: place of the slot in the dictionary */
  YejiMatchWords *lots;        /* tag: kind */
  YejiMatchWords *works;       /* tag: kind of work, below 32 */
  YejiMatchWords *noise;
  YejiMatchWords *affixes;
  YejiMatchWords *pages;
  GHashTable *spelt;           /* pinyin and initials of slots -> YejiMatchWord */
} YejiMatchVocabulary;

/**
 * YejiMatchName:
 * @marks: of each character of @text
 * @plain: (array length=n_plain): the characters that belong to no lot
 * @map: (array length=n_plain): where in @text they are
 * @works: bits, kinds of work
 *
 * The name of a record, a folder or a file, taken apart.
 */
typedef struct
{
  YejiMatchText *text;
  guint8 *marks;
  gunichar *plain;
  guint *map;
  guint n_plain;
  GArray *lots;                /* (element-type YejiMatchLot) */
  GArray *slots;               /* (element-type YejiMatchSpan) */
  guint32 works;
} YejiMatchName;

YejiMatchVocabulary *yeji_match_vocabulary_new  (YejiDictionary            *dictionary);
void                 yeji_match_vocabulary_free (YejiMatchVocabulary       *self);

YejiMatchName       *yeji_match_name_new        (const YejiMatchVocabulary *vocabulary,
                                                 const char                *name,
                                                 gssize                     length);
void                 yeji_match_name_free       (YejiMatchName             *self);
void                 yeji_match_name_trim       (const YejiMatchVocabulary *vocabulary,
                                                 const YejiMatchName       *name,
                                                 guint                     *from,
                                                 guint                     *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiMatchVocabulary, yeji_match_vocabulary_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiMatchName, yeji_match_name_free)

G_END_DECLS

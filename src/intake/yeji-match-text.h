// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Characters of a name that are looked at; nobody writes longer ones by hand. */
#define YEJI_MATCH_MAX_CHARACTERS 200

/**
 * YejiMatchText:
 * @c: (array length=n): letters, digits and '#', half width, small
 * @gap: (array length=n): whether something else stood before the character, such as a blank
 *
 * A name as it is compared.
 */
typedef struct
{
  gunichar *c;
  guint8 *gap;
  guint n;
} YejiMatchText;

/* A word of a #YejiMatchWords. */
typedef struct
{
  gunichar *c;
  guint n;
  guint tag;
  char *word;                  /* as it was added */
} YejiMatchWord;

/* Words that are looked for in a text, the longest one first. */
typedef struct _YejiMatchWords YejiMatchWords;

YejiMatchText       *yeji_match_text_new   (const char           *text,
                                            gssize                length);
void                 yeji_match_text_free  (YejiMatchText        *self);
gboolean             yeji_match_is_ideograph (gunichar            c);
int                  yeji_match_find       (const gunichar       *text,
                                            guint                 n,
                                            const gunichar       *part,
                                            guint                 n_part);
guint                yeji_match_distance   (const gunichar       *part,
                                            guint                 n_part,
                                            const gunichar       *text,
                                            guint                 n,
                                            guint                 limit);
gint64               yeji_match_read_numeral (const gunichar     *text,
                                            guint                 n);

YejiMatchWords      *yeji_match_words_new  (void);
void                 yeji_match_words_free (YejiMatchWords       *self);
void                 yeji_match_words_add  (YejiMatchWords       *self,
                                            const char           *word,
                                            guint                 tag);
const YejiMatchWord *yeji_match_words_at   (const YejiMatchWords *self,
                                            const YejiMatchText  *text,
                                            guint                 from);
const YejiMatchWord *yeji_match_words_before (const YejiMatchWords *self,
                                            const YejiMatchText  *text,
                                            guint                 to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiMatchText, yeji_match_text_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiMatchWords, yeji_match_words_free)

G_END_DECLS

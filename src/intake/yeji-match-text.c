// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-match"

#include "config.h"

#include "yeji-match-text.h"

#include <string.h>

struct _YejiMatchWords
{
  GPtrArray *words;            /* (element-type YejiMatchWord) */
  GHashTable *by_first;        /* first character -> GPtrArray, the longest first */
  GHashTable *by_last;
};

static const struct
{
  gunichar c;
  guint value;
} numerals[] = {
  { 0x3007, 0 }, { 0x96f6, 0 }, { 0x4e00, 1 }, { 0x58f9, 1 }, { 0x4e8c, 2 }, { 0x4e24, 2 },
  { 0x8d30, 2 }, { 0x4e09, 3 }, { 0x53c1, 3 }, { 0x56db, 4 }, { 0x8086, 4 }, { 0x4e94, 5 },
  { 0x4f0d, 5 }, { 0x516d, 6 }, { 0x9646, 6 }, { 0x4e03, 7 }, { 0x67d2, 7 }, { 0x516b, 8 },
  { 0x634c, 8 }, { 0x4e5d, 9 }, { 0x7396, 9 }, { 0x5341, 10 }, { 0x62fe, 10 }, { 0x767e, 100 },
};

/**
 * yeji_match_text_new: (skip)
 * @text: valid UTF-8
 * @length: in bytes, -1: to its end
 *
 * Returns: (transfer full): the text as it is compared, maybe without any character
 */
YejiMatchText *
yeji_match_text_new (const char *text,
                     gssize      length)
{
  YejiMatchText *self = g_new0 (YejiMatchText, 1);
  g_autofree char *normal = NULL;
  gboolean gap = FALSE;

  /* what is cut off here is cut off below as well: no character has more bytes */
  if (length < 0)
    length = (gssize) strlen (text);
  if (length > 6 * YEJI_MATCH_MAX_CHARACTERS)
    length = g_utf8_offset_to_pointer (text, YEJI_MATCH_MAX_CHARACTERS) - text;
  normal = g_utf8_normalize (text, length, G_NORMALIZE_ALL_COMPOSE);
  self->c = g_new (gunichar, YEJI_MATCH_MAX_CHARACTERS);
  self->gap = g_new (guint8, YEJI_MATCH_MAX_CHARACTERS);
  if (normal == NULL)
    return self;
  for (const char *p = normal; *p != '\0' && self->n < YEJI_MATCH_MAX_CHARACTERS;
       p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c) && c != '#')
        {
          gap = TRUE;
          continue;
        }
      self->gap[self->n] = gap;
      self->c[self->n++] = g_unichar_tolower (c);
      gap = FALSE;
    }
  return self;
}

void
yeji_match_text_free (YejiMatchText *self)
{
  g_free (self->c);
  g_free (self->gap);
  g_free (self);
}

gboolean
yeji_match_is_ideograph (gunichar c)
{
  return (c >= 0x4e00 && c <= 0x9fff) || c == 0x3007 || (c >= 0x3400 && c <= 0x4dbf)
         || (c >= 0x20000 && c <= 0x3ffff);
}

/**
 * yeji_match_find: (skip)
 *
 * Returns: where @part begins in @text, -1 if it is not there
 */
int
yeji_match_find (const gunichar *text,
                 guint           n,
                 const gunichar *part,
                 guint           n_part)
{
  if (n_part == 0 || n_part > n)
    return -1;
  for (guint i = 0; i + n_part <= n; i++)
    if (text[i] == part[0] && memcmp (text + i, part, n_part * sizeof *part) == 0)
      return (int) i;
  return -1;
}

static int
get_numeral (gunichar c)
{
  if (c >= '0' && c <= '9')
    return (int) (c - '0');
  for (guint i = 0; i < G_N_ELEMENTS (numerals); i++)
    if (numerals[i].c == c)
      return (int) numerals[i].value;
  return -1;
}

/**
 * yeji_match_read_numeral: (skip)
 *
 * Reads 12, 十二, 二十, 一百零二, 一二 (12).
 *
 * Returns: the number; -1 if it is none, or has more than 18 digits
 */
gint64
yeji_match_read_numeral (const gunichar *text,
                         guint           n)
{
  gint64 sum = 0, digit = -1;
  gboolean tens = FALSE;

  if (n == 0 || n > 18)
    return -1;
  for (guint i = 0; i < n; i++)
    {
      int value = get_numeral (text[i]);

      if (value < 0)
        return -1;
      tens |= value >= 10;
    }
  for (guint i = 0; i < n; i++)
    {
      int value = get_numeral (text[i]);

      if (!tens)
        sum = sum * 10 + value;
      else if (value >= 10)
        {
          sum += (digit > 0 ? digit : 1) * value;
          digit = -1;
        }
      else
        digit = value;
    }
  return sum + (tens && digit > 0 ? digit : 0);
}

/* 第一中学 and 第二中学 are no slips of each other. */
#define NUMERAL_COST 3

static guint
get_cost (gunichar c)
{
  return yeji_match_read_numeral (&c, 1) >= 0 ? NUMERAL_COST : 1;
}

/**
 * yeji_match_distance: (skip)
 * @limit: what more than is not wanted to know
 *
 * Compares a part with the stretch of a text that is most like it.
 *
 * Returns: how many characters must be put in, left out or changed, numerals counting three times,
 *     or @limit + 1
 */
guint
yeji_match_distance (const gunichar *part,
                     guint           n_part,
                     const gunichar *text,
                     guint           n,
                     guint           limit)
{
  guint row[YEJI_MATCH_MAX_CHARACTERS + 1];
  guint costs[YEJI_MATCH_MAX_CHARACTERS];
  guint best = G_MAXUINT;

  g_return_val_if_fail (n <= YEJI_MATCH_MAX_CHARACTERS, limit + 1);

  for (guint j = 0; j < n; j++)
    costs[j] = get_cost (text[j]);
  /* It may begin and end anywhere in the text: the first row is 0, the last one's least counts. */
  memset (row, 0, (n + 1) * sizeof *row);
  for (guint i = 1; i <= n_part; i++)
    {
      guint cost = get_cost (part[i - 1]);
      guint diagonal = row[0], least;

      row[0] += cost;
      least = row[0];
      for (guint j = 1; j <= n; j++)
        {
          guint above = row[j];
          guint value = diagonal + (part[i - 1] != text[j - 1] ? MAX (cost, costs[j - 1]) : 0);

          value = MIN (value, MIN (above + cost, row[j - 1] + costs[j - 1]));
          diagonal = above;
          row[j] = value;
          least = MIN (least, value);
        }
      if (least > limit)
        return limit + 1;
    }
  for (guint j = 0; j <= n; j++)
    best = MIN (best, row[j]);
  return MIN (best, limit + 1);
}

/* --- words --- */

static void
free_word (gpointer data)
{
  YejiMatchWord *word = data;

  g_free (word->c);
  g_free (word->word);
  g_free (word);
}

YejiMatchWords *
yeji_match_words_new (void)
{
  YejiMatchWords *self = g_new0 (YejiMatchWords, 1);

  self->words = g_ptr_array_new_with_free_func (free_word);
  self->by_first = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->by_last = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
yeji_match_words_free (YejiMatchWords *self)
{
  g_hash_table_unref (self->by_first);
  g_hash_table_unref (self->by_last);
  g_ptr_array_unref (self->words);
  g_free (self);
}

static void
enter_word (GHashTable    *table,
            gunichar       key,
            YejiMatchWord *word)
{
  GPtrArray *words = g_hash_table_lookup (table, GUINT_TO_POINTER (key));
  guint i = 0;

  if (words == NULL)
    {
      words = g_ptr_array_new ();
      g_hash_table_insert (table, GUINT_TO_POINTER (key), words);
    }
  while (i < words->len && ((YejiMatchWord *) g_ptr_array_index (words, i))->n >= word->n)
    i++;
  g_ptr_array_insert (words, (int) i, word);
}

/**
 * yeji_match_words_add: (skip)
 * @tag: what is told of it when it is found
 *
 * Adds a word. Of two that are compared alike the first one counts.
 */
void
yeji_match_words_add (YejiMatchWords *self,
                      const char     *word,
                      guint           tag)
{
  g_autoptr (YejiMatchText) text = yeji_match_text_new (word, -1);
  YejiMatchWord *entry;

  if (text->n == 0)
    return;
  entry = g_new0 (YejiMatchWord, 1);
  entry->n = text->n;
  entry->c = g_steal_pointer (&text->c);
  entry->tag = tag;
  entry->word = g_strdup (word);
  g_ptr_array_add (self->words, entry);
  enter_word (self->by_first, entry->c[0], entry);
  enter_word (self->by_last, entry->c[entry->n - 1], entry);
}

/* A word of Latin letters is no part of another one. */
static gboolean
stands_alone (const YejiMatchText *text,
              guint                from,
              guint                to)
{
  if (text->c[from] < 0x80 && g_unichar_isalpha (text->c[from]) && from > 0 && !text->gap[from]
      && text->c[from - 1] < 0x80 && g_unichar_isalpha (text->c[from - 1]))
    return FALSE;
  return !(text->c[to - 1] < 0x80 && g_unichar_isalpha (text->c[to - 1]) && to < text->n
           && !text->gap[to] && text->c[to] < 0x80 && g_unichar_isalpha (text->c[to]));
}

/**
 * yeji_match_words_at: (skip)
 *
 * Returns: (transfer none) (nullable): the longest word that begins at @from
 */
const YejiMatchWord *
yeji_match_words_at (const YejiMatchWords *self,
                     const YejiMatchText  *text,
                     guint                 from)
{
  GPtrArray *words = g_hash_table_lookup (self->by_first, GUINT_TO_POINTER (text->c[from]));

  for (guint i = 0; words != NULL && i < words->len; i++)
    {
      const YejiMatchWord *word = g_ptr_array_index (words, i);

      if (word->n <= text->n - from
          && memcmp (text->c + from, word->c, word->n * sizeof *word->c) == 0
          && stands_alone (text, from, from + word->n))
        return word;
    }
  return NULL;
}

/**
 * yeji_match_words_before: (skip)
 *
 * Returns: (transfer none) (nullable): the longest word that ends before @to
 */
const YejiMatchWord *
yeji_match_words_before (const YejiMatchWords *self,
                         const YejiMatchText  *text,
                         guint                 to)
{
  GPtrArray *words =
    to > 0 ? g_hash_table_lookup (self->by_last, GUINT_TO_POINTER (text->c[to - 1])) : NULL;

  for (guint i = 0; words != NULL && i < words->len; i++)
    {
      const YejiMatchWord *word = g_ptr_array_index (words, i);

      if (word->n <= to
          && memcmp (text->c + to - word->n, word->c, word->n * sizeof *word->c) == 0
          && stands_alone (text, to - word->n, to))
        return word;
    }
  return NULL;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-match"

#include "config.h"

#include "yeji-match-index.h"

#include "yeji-match-postings.h"
#include "yeji-pinyin.h"

#include <math.h>
#include <string.h>

/* Shorter numbers stand in too many names for nothing. */
#define MIN_NUMBER 6
#define MIN_NUMBER_DIGITS 5

/* Of what is found by couples so many are looked at closely. */
#define MAX_FOUND 16

/* What half of all names have in common tells nothing. */
#define COMMON_SHARE 0.2
#define COMMON_LEAST 200

#define SPELT_LENGTH 3
#define INITIALS_LENGTH 4

/* Ways to read the initials of so many characters that are told apart at most. */
#define MAX_WAYS 8

typedef struct
{
  gunichar *c;
  guint n;
  guint entry;
} Number;

/* What is added up while one name is looked for. */
typedef struct
{
  double *values;
  guint *counts;
  GArray *touched;
} Tally;

struct _YejiMatchIndex
{
  GArray *entries;             /* (element-type YejiMatchEntry) */
  GPtrArray *cores;            /* (element-type YejiMatchCore) */
  YejiMatchPostings *couples;  /* two characters -> cores */
  GArray *numbers;             /* (element-type Number) */
  YejiMatchPostings *numbers_by_head; /* hash of the first characters -> numbers */
  YejiMatchPostings *spelt;    /* (nullable): three letters of pinyin -> entries */
  YejiMatchPostings *initials; /* (nullable): four initials -> entries */
  Tally tally;
};

static guint64
couple (gunichar a,
        gunichar b)
{
  return ((guint64) a << 32) | b;
}

static void
free_core (gpointer data)
{
  YejiMatchCore *core = data;

  g_free (core->c);
  g_array_unref (core->records);
  g_free (core);
}

static void
clear_entry (gpointer data)
{
  yeji_match_name_free (((YejiMatchEntry *) data)->name);
}

static void
clear_number (gpointer data)
{
  g_free (((Number *) data)->c);
}

/* --- making --- */

static guint64
hash_head (const gunichar *c)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (guint i = 0; i < MIN_NUMBER; i++)
    hash = (hash ^ c[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

static void
add_number (YejiMatchIndex *self,
            const char     *text,
            guint           entry)
{
  g_autoptr (YejiMatchText) folded = text != NULL ? yeji_match_text_new (text, -1) : NULL;
  Number number = { NULL, 0, entry };
  guint n_digits = 0;

  if (folded == NULL || folded->n < MIN_NUMBER)
    return;
  for (guint i = 0; i < folded->n; i++)
    n_digits += folded->c[i] >= '0' && folded->c[i] <= '9';
  if (n_digits < MIN_NUMBER_DIGITS)
    return;
  number.n = folded->n;
  number.c = g_steal_pointer (&folded->c);
  g_array_append_val (self->numbers, number);
  yeji_match_postings_add (self->numbers_by_head, hash_head (number.c), self->numbers->len - 1);
}

static guint
find_core (YejiMatchIndex *self,
           GHashTable     *by_text,
           const gunichar *c,
           guint           n)
{
  g_autoptr (GBytes) key = g_bytes_new (c, n * sizeof *c);
  gpointer place = g_hash_table_lookup (by_text, key);
  YejiMatchCore *core;

  if (place != NULL)
    return GPOINTER_TO_UINT (place) - 1;
  core = g_new0 (YejiMatchCore, 1);
  core->c = g_memdup2 (c, n * sizeof *c);
  core->n = n;
  core->records = g_array_new (FALSE, FALSE, sizeof (guint));
  g_ptr_array_add (self->cores, core);
  g_hash_table_insert (by_text, g_steal_pointer (&key), GUINT_TO_POINTER (self->cores->len));
  for (guint i = 1; i < n; i++)
    yeji_match_postings_add (self->couples, couple (c[i - 1], c[i]), self->cores->len - 1);
  return self->cores->len - 1;
}

static void
add_entry (YejiMatchIndex            *self,
           const YejiMatchVocabulary *vocabulary,
           const YejiMatchRecord     *record,
           GHashTable                *by_text)
{
  YejiMatchEntry entry = { record, yeji_match_name_new (vocabulary, record->name, -1), G_MAXUINT };
  guint place = self->entries->len;
  guint from = 0, n = entry.name->n_plain;

  yeji_match_name_trim (vocabulary, entry.name, &from, &n);
  if (n >= 2)
    {
      entry.core = find_core (self, by_text, entry.name->plain + from, n);
      g_array_append_val (((YejiMatchCore *) g_ptr_array_index (self->cores, entry.core))->records,
                          place);
    }
  g_array_append_val (self->entries, entry);
  add_number (self, record->number, place);
  for (guint i = 0; record->numbers != NULL && record->numbers[i] != NULL; i++)
    if (g_strcmp0 (record->numbers[i], record->number) != 0)
      add_number (self, record->numbers[i], place);
}

/**
 * yeji_match_index_new: (skip)
 * @records: (element-type YejiMatchRecord): must stay as they are
 */
YejiMatchIndex *
yeji_match_index_new (const YejiMatchVocabulary *vocabulary,
                      GPtrArray                 *records)
{
  YejiMatchIndex *self = g_new0 (YejiMatchIndex, 1);
  g_autoptr (GHashTable) by_text =
    g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  guint n;

  self->entries = g_array_new (FALSE, FALSE, sizeof (YejiMatchEntry));
  g_array_set_clear_func (self->entries, clear_entry);
  self->cores = g_ptr_array_new_with_free_func (free_core);
  self->couples = yeji_match_postings_new ();
  self->numbers = g_array_new (FALSE, FALSE, sizeof (Number));
  g_array_set_clear_func (self->numbers, clear_number);
  self->numbers_by_head = yeji_match_postings_new ();
  for (guint i = 0; i < records->len; i++)
    add_entry (self, vocabulary, g_ptr_array_index (records, i), by_text);
  yeji_match_postings_sort (self->couples);
  yeji_match_postings_sort (self->numbers_by_head);
  n = MAX (self->entries->len, self->cores->len) + 1;
  self->tally.values = g_new0 (double, n);
  self->tally.counts = g_new0 (guint, n);
  self->tally.touched = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
yeji_match_index_free (YejiMatchIndex *self)
{
  g_array_unref (self->entries);
  g_ptr_array_unref (self->cores);
  yeji_match_postings_free (self->couples);
  g_array_unref (self->numbers);
  yeji_match_postings_free (self->numbers_by_head);
  g_clear_pointer (&self->spelt, yeji_match_postings_free);
  g_clear_pointer (&self->initials, yeji_match_postings_free);
  g_free (self->tally.values);
  g_free (self->tally.counts);
  g_array_unref (self->tally.touched);
  g_free (self);
}

guint
yeji_match_index_get_n_entries (YejiMatchIndex *self)
{
  return self->entries->len;
}

const YejiMatchEntry *
yeji_match_index_get_entry (YejiMatchIndex *self,
                            guint           entry)
{
  return &g_array_index (self->entries, YejiMatchEntry, entry);
}

const YejiMatchCore *
yeji_match_index_get_core (YejiMatchIndex *self,
                           guint           core)
{
  return g_ptr_array_index (self->cores, core);
}

/* --- finding by couples and threes --- */

static void
count (Tally             *tally,
       YejiMatchPostings *postings,
       guint64            key,
       guint              n_things,
       gboolean           also_common)
{
  guint n;
  const guint32 *things = yeji_match_postings_lookup (postings, key, &n);
  double value;

  if (n == 0 || (!also_common && n > COMMON_LEAST && n > COMMON_SHARE * n_things))
    return;
  value = log2 (1.0 + (double) n_things / n);
  for (guint i = 0; i < n; i++)
    {
      guint thing = things[i];

      if (tally->counts[thing]++ == 0)
        g_array_append_val (tally->touched, thing);
      tally->values[thing] += value;
    }
}

/* Moves the best of what was counted to @found, the best first. */
static void
take_best (Tally  *tally,
           GArray *found)
{
  g_array_set_size (found, 0);
  for (guint i = 0; i < tally->touched->len; i++)
    {
      guint thing = g_array_index (tally->touched, guint, i);
      const YejiMatchFound one = { thing, tally->counts[thing], tally->values[thing] };
      guint j = found->len;

      tally->counts[thing] = 0;
      tally->values[thing] = 0;
      while (j > 0 && g_array_index (found, YejiMatchFound, j - 1).value < one.value)
        j--;
      if (j >= MAX_FOUND)
        continue;
      g_array_insert_val (found, j, one);
      if (found->len > MAX_FOUND)
        g_array_set_size (found, MAX_FOUND);
    }
  g_array_set_size (tally->touched, 0);
}

/**
 * yeji_match_index_find_cores: (skip)
 * @found: (element-type YejiMatchFound): filled with the cores that have most in common with the
 *     text, at most 16, the best one first
 */
void
yeji_match_index_find_cores (YejiMatchIndex *self,
                             const gunichar *c,
                             guint           n,
                             GArray         *found)
{
  /* where all is common the common must do */
  for (guint also_common = 0; also_common < 2 && self->tally.touched->len == 0; also_common++)
    for (guint i = 1; i < n; i++)
      count (&self->tally, self->couples, couple (c[i - 1], c[i]), self->cores->len,
             also_common != 0);
  /* Of two names with as much in common the one of which less is left over comes first. */
  for (guint i = 0; i < self->tally.touched->len; i++)
    {
      guint thing = g_array_index (self->tally.touched, guint, i);
      const YejiMatchCore *core = g_ptr_array_index (self->cores, thing);

      self->tally.values[thing] *= 0.5 + 0.5 * self->tally.counts[thing] / MAX (core->n - 1, 1);
    }
  take_best (&self->tally, found);
}

static guint64
three (const char *letters)
{
  return ((guint64) (guchar) letters[0] << 16) | ((guint64) (guchar) letters[1] << 8)
         | (guchar) letters[2];
}

static void
add_spelling (YejiMatchIndex *self,
              guint           entry)
{
  const YejiMatchText *text = g_array_index (self->entries, YejiMatchEntry, entry).name->text;
  g_autoptr (GString) letters = g_string_new (NULL);

  for (guint i = 0; i < text->n; i++)
    {
      const char *readings[YEJI_PINYIN_MAX_READINGS];

      if (text->c[i] < 0x80)
        g_string_append_c (letters, (char) text->c[i]);
      else if (yeji_pinyin_get_readings (text->c[i], readings) > 0)
        g_string_append (letters, readings[0]);
    }
  for (gsize i = 0; i + SPELT_LENGTH <= letters->len; i++)
    yeji_match_postings_add (self->spelt, three (letters->str + i), entry);
}

/**
 * yeji_match_index_find_spelt: (skip)
 * @letters: pinyin without tones and blanks
 * @found: (element-type YejiMatchFound): filled with the entries whose usual pinyin has most in
 *     common with it
 */
void
yeji_match_index_find_spelt (YejiMatchIndex *self,
                             const char     *letters,
                             GArray         *found)
{
  gsize length = strlen (letters);

  if (self->spelt == NULL)
    {
      self->spelt = yeji_match_postings_new ();
      for (guint i = 0; i < self->entries->len; i++)
        add_spelling (self, i);
      yeji_match_postings_sort (self->spelt);
    }
  for (guint also_common = 0; also_common < 2 && self->tally.touched->len == 0; also_common++)
    for (gsize i = 0; i + SPELT_LENGTH <= length; i++)
      count (&self->tally, self->spelt, three (letters + i), self->entries->len, also_common != 0);
  take_best (&self->tally, found);
}

/* --- initials --- */

static guint
get_initials (gunichar c,
              char     initials[YEJI_PINYIN_MAX_READINGS])
{
  const char *readings[YEJI_PINYIN_MAX_READINGS];
  guint n, n_initials = 0;

  if (c < 0x80)
    {
      initials[0] = (char) c;
      return 1;
    }
  n = yeji_pinyin_get_readings (c, readings);
  for (guint i = 0; i < n; i++)
    if (memchr (initials, readings[i][0], n_initials) == NULL)
      initials[n_initials++] = readings[i][0];
  return n_initials;
}

static guint64
pack (const char *letters)
{
  guint64 key = 0;

  for (guint i = 0; i < INITIALS_LENGTH; i++)
    key = (key << 8) | (guchar) letters[i];
  return key;
}

/* All ways to read four characters, up to a limit. */
static void
add_initials (YejiMatchIndex *self,
              const gunichar *c,
              guint           entry)
{
  char ways[MAX_WAYS][INITIALS_LENGTH];
  guint n_ways = 1;

  for (guint i = 0; i < INITIALS_LENGTH; i++)
    {
      char initials[YEJI_PINYIN_MAX_READINGS];
      guint n = get_initials (c[i], initials), before = n_ways;

      if (n == 0)
        return;
      for (guint j = 1; j < n && n_ways + before <= MAX_WAYS; j++)
        for (guint k = 0; k < before; k++)
          {
            memcpy (ways[n_ways], ways[k], INITIALS_LENGTH);
            ways[n_ways++][i] = initials[j];
          }
      for (guint k = 0; k < before; k++)
        ways[k][i] = initials[0];
    }
  for (guint k = 0; k < n_ways; k++)
    yeji_match_postings_add (self->initials, pack (ways[k]), entry);
}

/**
 * yeji_match_index_find_initials: (skip)
 * @letters: the first letters of the pinyin, four at least
 * @entries: (element-type guint): filled with the entries in whose names there are the first four
 */
void
yeji_match_index_find_initials (YejiMatchIndex *self,
                                const char     *letters,
                                GArray         *entries)
{
  const guint32 *things;
  guint n;

  g_array_set_size (entries, 0);
  if (strlen (letters) < INITIALS_LENGTH)
    return;
  if (self->initials == NULL)
    {
      self->initials = yeji_match_postings_new ();
      for (guint i = 0; i < self->entries->len; i++)
        {
          const YejiMatchText *text = g_array_index (self->entries, YejiMatchEntry, i).name->text;

          for (guint j = 0; j + INITIALS_LENGTH <= text->n; j++)
            add_initials (self, text->c + j, i);
        }
      yeji_match_postings_sort (self->initials);
    }
  things = yeji_match_postings_lookup (self->initials, pack (letters), &n);
  g_array_append_vals (entries, things, n);
}

/* --- numbers --- */

static gboolean
is_digit (gunichar c)
{
  return c >= '0' && c <= '9';
}

static gboolean
contains (const GArray *entries,
          guint         entry)
{
  for (guint i = 0; i < entries->len; i++)
    if (g_array_index (entries, guint, i) == entry)
      return TRUE;
  return FALSE;
}

/* A number is no part of a longer one. */
static gboolean
stands_alone (const YejiMatchText *text,
              guint                from,
              guint                to)
{
  if (from > 0 && !text->gap[from] && is_digit (text->c[from - 1]) && is_digit (text->c[from]))
    return FALSE;
  return to >= text->n || text->gap[to] || !is_digit (text->c[to]) || !is_digit (text->c[to - 1]);
}

/**
 * yeji_match_index_find_numbers: (skip)
 * @entries: (element-type guint): filled with the entries that have the longest number that stands
 *     in the text
 * @from: (out): where it stands
 * @n: (out): its length
 */
void
yeji_match_index_find_numbers (YejiMatchIndex      *self,
                               const YejiMatchText *text,
                               GArray              *entries,
                               guint               *from,
                               guint               *n)
{
  *n = 0;
  g_array_set_size (entries, 0);
  for (guint i = 0; i + MIN_NUMBER <= text->n; i++)
    {
      guint n_things;
      const guint32 *things = yeji_match_postings_lookup (self->numbers_by_head,
                                                          hash_head (text->c + i), &n_things);

      for (guint j = 0; j < n_things; j++)
        {
          const Number *number = &g_array_index (self->numbers, Number, things[j]);

          if (number->n < *n || number->n > text->n - i
              || memcmp (text->c + i, number->c, number->n * sizeof *number->c) != 0
              || !stands_alone (text, i, i + number->n))
            continue;
          if (number->n > *n)
            g_array_set_size (entries, 0);
          *from = i;
          *n = number->n;
          if (!contains (entries, number->entry))
            g_array_append_val (entries, number->entry);
        }
    }
}

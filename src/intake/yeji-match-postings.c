// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-match"

#include "config.h"

#include "yeji-match-postings.h"

#include <stdlib.h>

typedef struct
{
  guint64 key;
  guint32 thing;
} Posting;

/* Where the things of a key are. */
typedef struct
{
  guint64 key;
  guint32 from;
  guint32 n;                   /* 0: a free place of the table */
} Place;

struct _YejiMatchPostings
{
  GArray *postings;            /* (element-type Posting); NULL when sorted */
  guint32 *things;
  Place *places;               /* open addressing */
  guint mask;
};

YejiMatchPostings *
yeji_match_postings_new (void)
{
  YejiMatchPostings *self = g_new0 (YejiMatchPostings, 1);

  self->postings = g_array_new (FALSE, FALSE, sizeof (Posting));
  return self;
}

void
yeji_match_postings_free (YejiMatchPostings *self)
{
  g_clear_pointer (&self->postings, g_array_unref);
  g_free (self->things);
  g_free (self->places);
  g_free (self);
}

void
yeji_match_postings_add (YejiMatchPostings *self,
                         guint64            key,
                         guint32            thing)
{
  const Posting posting = { key, thing };

  g_assert (self->postings != NULL);
  g_array_append_val (self->postings, posting);
}

static int
compare_postings (const void *a,
                  const void *b)
{
  const Posting *one = a, *other = b;

  if (one->key != other->key)
    return one->key < other->key ? -1 : 1;
  return one->thing < other->thing ? -1 : one->thing > other->thing;
}

static guint
hash_key (guint64 key)
{
  return (guint) ((key * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 32);
}

static Place *
find_place (YejiMatchPostings *self,
            guint64            key)
{
  guint i = hash_key (key) & self->mask;

  while (self->places[i].n > 0 && self->places[i].key != key)
    i = (i + 1) & self->mask;
  return &self->places[i];
}

/**
 * yeji_match_postings_sort: (skip)
 *
 * Makes what was added ready to be looked up; nothing can be added any more. A thing that was added
 * twice with a key is there once.
 */
void
yeji_match_postings_sort (YejiMatchPostings *self)
{
  GArray *postings = self->postings;
  guint n = 0, size = 2;

  g_assert (postings != NULL);
  if (postings->len > 1)
    qsort (postings->data, postings->len, sizeof (Posting), compare_postings);
  while (size < 2 * postings->len)
    size *= 2;
  self->things = g_new (guint32, postings->len + 1);
  self->places = g_new0 (Place, size);
  self->mask = size - 1;
  for (guint i = 0; i < postings->len; i++)
    {
      const Posting *posting = &g_array_index (postings, Posting, i);
      Place *place = find_place (self, posting->key);

      if (place->n == 0)
        {
          place->key = posting->key;
          place->from = n;
        }
      else if (self->things[n - 1] == posting->thing)
        continue;
      self->things[n++] = posting->thing;
      place->n++;
    }
  g_clear_pointer (&self->postings, g_array_unref);
}

/**
 * yeji_match_postings_lookup: (skip)
 * @n: (out): how many there are
 *
 * Returns: (array length=n): the things that have the key, ascending
 */
const guint32 *
yeji_match_postings_lookup (YejiMatchPostings *self,
                            guint64            key,
                            guint             *n)
{
  const Place *place = find_place (self, key);

  *n = place->n;
  return self->things + place->from;
}

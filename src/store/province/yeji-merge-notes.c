// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-merge"

#include "config.h"

#include "yeji-merge-notes.h"

/* What is noted beside the values: why warnings are kept, replies to a reviewer, values that were
 * put aside. */

static gboolean
has_place (YejiRecord     *record,
           const YejiKept *kept)
{
  YejiPlace place;

  return yeji_record_place_kept (record, kept, &place);
}

static const YejiKept *
find_kept (YejiRecord     *record,
           const YejiKept *place)
{
  return yeji_record_find_kept (record, place->rule, place->table, place->row, place->field);
}

static gboolean
is_same (const YejiKept *self,
         const YejiKept *other)
{
  return self == other || (self != NULL && other != NULL && yeji_kept_equal (self, other));
}

/* A text that was typed is never dropped for one that was taken away. Of a row that one side took
 * out, the other says what is noted of it. */
static const YejiKept *
choose_kept (const YejiKept *place,
             YejiRecord     *base,
             YejiRecord     *mine,
             YejiRecord     *theirs)
{
  const YejiKept *before = find_kept (base, place);
  const YejiKept *here = find_kept (mine, place), *there = find_kept (theirs, place);

  if (!has_place (theirs, place))
    return here;
  if (!has_place (mine, place) || is_same (here, before))
    return there;
  return here == NULL && !is_same (there, before) ? there : here;
}

static char *
make_kept_key (const YejiKept *kept)
{
  return g_strjoin ("\n", kept->rule, kept->table, kept->row, kept->field, NULL);
}

static char *
make_aside_key (const YejiAside *aside)
{
  return g_strjoin ("\n", aside->version, aside->table, aside->row, aside->field, aside->label,
                    aside->value, NULL);
}

typedef char *(*MakeKey) (gconstpointer note);

static int
compare_keys (gconstpointer a,
              gconstpointer b,
              gpointer      make_key)
{
  MakeKey make = make_key;
  g_autofree char *first = make (*(const gconstpointer *) a);
  g_autofree char *second = make (*(const gconstpointer *) b);

  return g_strcmp0 (first, second);
}

static void
add_new (GPtrArray  *notes,
         GHashTable *known,
         GPtrArray  *more,
         MakeKey     make_key)
{
  for (guint i = 0; i < more->len; i++)
    if (g_hash_table_add (known, make_key (g_ptr_array_index (more, i))))
      g_ptr_array_add (notes, g_ptr_array_index (more, i));
}

static gboolean
is_same_list (GPtrArray *self,
              GPtrArray *other,
              MakeKey    make_key)
{
  gboolean same = self->len == other->len;

  for (guint i = 0; same && i < self->len; i++)
    {
      g_autofree char *first = make_key (g_ptr_array_index (self, i));
      g_autofree char *second = make_key (g_ptr_array_index (other, i));

      same = g_str_equal (first, second);
    }
  return same;
}

/* Each once: in the order of the side that changed it. If both did, as they were in @base, then
 * those that came; if some came on both sides their keys say in which order, or it would depend on
 * who merges. */
static GPtrArray *
list_notes (GPtrArray *base,
            GPtrArray *mine,
            GPtrArray *theirs,
            MakeKey    make_key)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *notes = g_ptr_array_new ();
  guint n_before, n_ours;

  if (is_same_list (theirs, base, make_key) || is_same_list (theirs, mine, make_key))
    add_new (notes, known, mine, make_key);
  else if (is_same_list (mine, base, make_key))
    add_new (notes, known, theirs, make_key);
  add_new (notes, known, base, make_key);
  n_before = notes->len;
  add_new (notes, known, mine, make_key);
  n_ours = notes->len;
  add_new (notes, known, theirs, make_key);
  if (n_ours > n_before && notes->len > n_ours)
    {
      g_autoptr (GPtrArray) came = g_ptr_array_new ();

      for (guint i = n_before; i < notes->len; i++)
        g_ptr_array_add (came, g_ptr_array_index (notes, i));
      g_ptr_array_sort_with_data (came, compare_keys, make_key);
      for (guint i = n_before; i < notes->len; i++)
        g_ptr_array_index (notes, i) = g_ptr_array_index (came, i - n_before);
    }
  return notes;
}

/* (transfer container): those that are written with the record. */
static GPtrArray *
list_kept (YejiRecord *record)
{
  GPtrArray *all = yeji_record_get_kept (record);
  GPtrArray *placed = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (has_place (record, g_ptr_array_index (all, i)))
      g_ptr_array_add (placed, g_ptr_array_index (all, i));
  return placed;
}

static void
merge_kept (YejiRecord *merged,
            YejiRecord *base,
            YejiRecord *mine,
            YejiRecord *theirs)
{
  g_autoptr (GPtrArray) before = list_kept (base);
  g_autoptr (GPtrArray) here = list_kept (mine);
  g_autoptr (GPtrArray) there = list_kept (theirs);
  g_autoptr (GPtrArray) notes = list_notes (before, here, there, (MakeKey) make_kept_key);

  for (guint i = 0; i < notes->len; i++)
    {
      const YejiKept *place = g_ptr_array_index (notes, i);
      const YejiKept *kept = choose_kept (place, base, mine, theirs);

      if (kept != NULL && has_place (merged, place))
        yeji_record_keep (merged, kept);
    }
}

static gboolean
has_aside (YejiRecord      *record,
           const YejiAside *aside)
{
  GPtrArray *all = yeji_record_get_aside (record);

  for (guint i = 0; i < all->len; i++)
    if (yeji_aside_equal (g_ptr_array_index (all, i), aside))
      return TRUE;
  return FALSE;
}

/* What was put aside is there until somebody dropped it. */
static void
merge_aside (YejiRecord *merged,
             YejiRecord *base,
             YejiRecord *mine,
             YejiRecord *theirs)
{
  g_autoptr (GPtrArray) notes = list_notes (yeji_record_get_aside (base),
                                            yeji_record_get_aside (mine),
                                            yeji_record_get_aside (theirs),
                                            (MakeKey) make_aside_key);

  for (guint i = 0; i < notes->len; i++)
    {
      const YejiAside *aside = g_ptr_array_index (notes, i);
      gboolean here = has_aside (mine, aside), there = has_aside (theirs, aside);

      if ((here && there) || ((here || there) && !has_aside (base, aside)))
        yeji_record_add_aside (merged, aside);
    }
}

/**
 * yeji_merge_notes:
 * @merged: with its rows, and without notes
 *
 * Merges what is noted beside the values, as yeji_merge_records() does.
 */
void
yeji_merge_notes (YejiRecord *merged,
                  YejiRecord *base,
                  YejiRecord *mine,
                  YejiRecord *theirs)
{
  merge_kept (merged, base, mine, theirs);
  merge_aside (merged, base, mine, theirs);
}

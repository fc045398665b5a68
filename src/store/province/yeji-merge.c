// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-merge"

#include "config.h"

#include "yeji-merge-notes.h"

#include <string.h>

#include "yeji-comparison.h"

/* The rows of a table in the three records. */
typedef struct
{
  const YejiTableDef *table;
  YejiRecord *records[N_YEJI_SIDES];
  YejiRecord *merged;
  GHashTable *rows[N_YEJI_SIDES];      /* YejiRow by its id */
} Merge;

static void
merge_clear (Merge *self)
{
  for (guint i = 0; i < N_YEJI_SIDES; i++)
    g_clear_pointer (&self->rows[i], g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Merge, merge_clear)

static YejiRow *
find (const Merge *self,
      YejiSide     side,
      const char  *id)
{
  return g_hash_table_lookup (self->rows[side], id);
}

/* ---- Values */

/* Nothing is "" for a value and NULL for a member that the dictionary does not know. Where both
 * changed it mine stands, and the clerk is asked. */
static const char *
choose (const char *base,
        const char *mine,
        const char *theirs)
{
  return g_strcmp0 (mine, base) == 0 ? theirs : mine;
}

/* Nobody is asked about a member that the dictionary does not know: what says something is kept. */
static const char *
choose_extra (GHashTable *base,
              GHashTable *mine,
              GHashTable *theirs,
              const char *name)
{
  const char *before = base != NULL ? g_hash_table_lookup (base, name) : NULL;
  const char *here = mine != NULL ? g_hash_table_lookup (mine, name) : NULL;
  const char *there = theirs != NULL ? g_hash_table_lookup (theirs, name) : NULL;

  if (here == NULL && g_strcmp0 (there, before) != 0)
    return there;
  return choose (before, here, there);
}

static void
add_names (GHashTable *names,
           GHashTable *extras)
{
  GHashTableIter iter;
  gpointer name;

  if (extras == NULL)
    return;
  g_hash_table_iter_init (&iter, extras);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_hash_table_add (names, name);
}

/* (transfer container): names of members; what each says is choose_extra()'s answer. */
static GHashTable *
list_extras (GHashTable *mine,
             GHashTable *theirs)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);

  add_names (names, mine);
  add_names (names, theirs);
  return names;
}

static void
merge_record_extras (YejiRecord *merged,
                     YejiRecord *base,
                     YejiRecord *mine,
                     YejiRecord *theirs)
{
  GHashTable *extras[N_YEJI_SIDES] = { yeji_record_get_extras (base),
                                       yeji_record_get_extras (mine),
                                       yeji_record_get_extras (theirs) };
  g_autoptr (GHashTable) names = list_extras (extras[YEJI_SIDE_MINE], extras[YEJI_SIDE_THEIRS]);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      const char *value = choose_extra (extras[YEJI_SIDE_BASE], extras[YEJI_SIDE_MINE],
                                        extras[YEJI_SIDE_THEIRS], name);

      if (value != NULL)
        g_hash_table_replace (yeji_record_get_extras (merged), g_strdup (name), g_strdup (value));
    }
}

/* Into an empty row. One that came on both sides had nothing before. */
static void
merge_values (YejiRow *row,
              YejiRow *base,
              YejiRow *mine,
              YejiRow *theirs)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;
  GHashTable *before = base != NULL ? yeji_row_get_extras (base) : NULL;
  g_autoptr (GHashTable) names = list_extras (yeji_row_get_extras (mine),
                                              yeji_row_get_extras (theirs));
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);

      yeji_row_set (row, field, choose (base != NULL ? yeji_row_get (base, field) : "",
                                        yeji_row_get (mine, field), yeji_row_get (theirs, field)));
    }
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      const char *value = choose_extra (before, yeji_row_get_extras (mine),
                                        yeji_row_get_extras (theirs), name);

      if (value != NULL)
        yeji_row_set_extra (row, name, value);
    }
}

/* ---- Rows */

/* Whether a row that one side has and the other has not is there afterwards. What the clerk took
 * out stays out, and is asked about if it was edited there; what was taken out there stays if the
 * clerk typed into it here. */
static gboolean
stays (const Merge *self,
       YejiSide     side,
       YejiRow     *row)
{
  YejiRow *base = find (self, YEJI_SIDE_BASE, yeji_row_get_id (row));

  return base == NULL || (side == YEJI_SIDE_MINE && !yeji_row_says_the_same (base, row));
}

static void
add_merged (const Merge *self,
            YejiRow     *row)
{
  const char *id = yeji_row_get_id (row);
  YejiRow *mine = find (self, YEJI_SIDE_MINE, id), *theirs = find (self, YEJI_SIDE_THEIRS, id);
  g_autoptr (YejiRow) merged = NULL;

  if (mine != NULL && theirs != NULL)
    {
      merged = yeji_row_new (self->table, id);
      merge_values (merged, find (self, YEJI_SIDE_BASE, id), mine, theirs);
    }
  else
    merged = yeji_row_copy (row, id);
  yeji_record_insert_row (self->merged, G_MAXUINT, merged);
}

static GPtrArray *
list_rows (const Merge *self,
           YejiSide     side)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < yeji_record_get_n_rows (self->records[side], self->table); i++)
    g_ptr_array_add (rows, yeji_record_get_row (self->records[side], self->table, i));
  return rows;
}

/* Whether the rows that all three have stand in another order here than they did. */
static gboolean
is_reordered (const Merge *self)
{
  g_autoptr (GPtrArray) before = list_rows (self, YEJI_SIDE_BASE);
  g_autoptr (GPtrArray) now = list_rows (self, YEJI_SIDE_MINE);
  guint j = 0;

  for (guint i = 0; i < before->len; i++)
    {
      const char *id = yeji_row_get_id (g_ptr_array_index (before, i));

      if (find (self, YEJI_SIDE_MINE, id) == NULL || find (self, YEJI_SIDE_THEIRS, id) == NULL)
        continue;
      while (find (self, YEJI_SIDE_BASE, yeji_row_get_id (g_ptr_array_index (now, j))) == NULL
             || find (self, YEJI_SIDE_THEIRS, yeji_row_get_id (g_ptr_array_index (now, j))) == NULL)
        j++;
      if (!g_str_equal (yeji_row_get_id (g_ptr_array_index (now, j)), id))
        return TRUE;
      j++;
    }
  return FALSE;
}

/* Rows that one side alone has, by the row that both have and that they stand behind there; "" for
 * the beginning. */
static GHashTable *
list_runs (const Merge *self,
           YejiSide     side)
{
  YejiSide other = side == YEJI_SIDE_MINE ? YEJI_SIDE_THEIRS : YEJI_SIDE_MINE;
  GHashTable *runs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                            (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GPtrArray) rows = list_rows (self, side);
  const char *anchor = "";

  for (guint i = 0; i < rows->len; i++)
    {
      YejiRow *row = g_ptr_array_index (rows, i);
      GPtrArray *run = g_hash_table_lookup (runs, anchor);

      if (find (self, other, yeji_row_get_id (row)) != NULL)
        anchor = yeji_row_get_id (row);
      else if (stays (self, side, row))
        {
          if (run == NULL)
            {
              run = g_ptr_array_new ();
              g_hash_table_insert (runs, (char *) anchor, run);
            }
          g_ptr_array_add (run, row);
        }
    }
  return runs;
}

static void
add_run (const Merge *self,
         GPtrArray   *run)
{
  for (guint i = 0; run != NULL && i < run->len; i++)
    add_merged (self, g_ptr_array_index (run, i));
}

/* Who merges must not decide which of two runs comes first: the ids do. */
static void
add_runs (const Merge *self,
          GPtrArray   *mine,
          GPtrArray   *theirs)
{
  gboolean theirs_first = mine != NULL && theirs != NULL
                          && strcmp (yeji_row_get_id (g_ptr_array_index (theirs, 0)),
                                     yeji_row_get_id (g_ptr_array_index (mine, 0))) < 0;

  add_run (self, theirs_first ? theirs : mine);
  add_run (self, theirs_first ? mine : theirs);
}

/* The rows that both have in the order of who moved them, mine if both did: nothing that was typed
 * depends on the order. Rows that came stay behind the row that they were put behind. */
static void
merge_rows (const Merge *self)
{
  YejiSide side = is_reordered (self) ? YEJI_SIDE_MINE : YEJI_SIDE_THEIRS;
  YejiSide other = side == YEJI_SIDE_MINE ? YEJI_SIDE_THEIRS : YEJI_SIDE_MINE;
  g_autoptr (GPtrArray) rows = list_rows (self, side);
  g_autoptr (GHashTable) mine = list_runs (self, YEJI_SIDE_MINE);
  g_autoptr (GHashTable) theirs = list_runs (self, YEJI_SIDE_THEIRS);

  add_runs (self, g_hash_table_lookup (mine, ""), g_hash_table_lookup (theirs, ""));
  for (guint i = 0; i < rows->len; i++)
    {
      YejiRow *row = g_ptr_array_index (rows, i);
      const char *id = yeji_row_get_id (row);

      if (find (self, other, id) == NULL)
        continue;
      add_merged (self, row);
      add_runs (self, g_hash_table_lookup (mine, id), g_hash_table_lookup (theirs, id));
    }
}

static void
merge_table (YejiRecord         *records[N_YEJI_SIDES],
             YejiRecord         *merged,
             const YejiTableDef *table)
{
  g_auto (Merge) merge = { .table = table, .merged = merged };

  for (guint side = 0; side < N_YEJI_SIDES; side++)
    {
      merge.records[side] = records[side];
      merge.rows[side] = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < yeji_record_get_n_rows (records[side], table); i++)
        {
          YejiRow *row = yeji_record_get_row (records[side], table, i);

          g_hash_table_insert (merge.rows[side], (char *) yeji_row_get_id (row), row);
        }
    }
  merge_rows (&merge);
}

/**
 * yeji_merge_records:
 * @base: what both started from
 * @mine: what became of it here
 * @theirs: what became of it there
 *
 * Merges field by field: what one side alone changed is as it is there, what both changed is as it
 * is here, and yeji_comparison_new() tells it as a conflict. Where there is none, it does not
 * matter which side is called mine. All three are under the same dictionary.
 *
 * Returns: (transfer full): a new record
 */
YejiRecord *
yeji_merge_records (YejiRecord *base,
                    YejiRecord *mine,
                    YejiRecord *theirs)
{
  YejiRecord *records[N_YEJI_SIDES] = { base, mine, theirs };
  YejiDictionary *dictionary = yeji_record_get_dictionary (mine);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  YejiRecord *merged = yeji_record_new (dictionary, yeji_record_get_uuid (mine),
                                        choose (yeji_record_get_role (base),
                                                yeji_record_get_role (mine),
                                                yeji_record_get_role (theirs)));

  merge_values (yeji_record_get_project (merged), yeji_record_get_project (base),
                yeji_record_get_project (mine), yeji_record_get_project (theirs));
  /* the first table is the project's, of one row */
  for (guint i = 1; i < tables->len; i++)
    merge_table (records, merged, g_ptr_array_index (tables, i));
  merge_record_extras (merged, base, mine, theirs);
  yeji_merge_notes (merged, base, mine, theirs);
  return merged;
}

static void
take_platform_values (YejiRecord *mine,
                      YejiRow    *row,
                      YejiRow    *theirs)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);
      const char *value = yeji_row_get (theirs, field);

      if ((field->by_platform || field->assigned) && *value != '\0')
        yeji_record_set (mine, row, field, value);
    }
}

/**
 * yeji_merge_platform_values:
 * @mine: what is here, which stays as it is
 * @theirs: a content that the province decided on
 *
 * Takes over what the platform itself fills in when it decides. Both are under the same dictionary.
 */
void
yeji_merge_platform_values (YejiRecord *mine,
                            YejiRecord *theirs)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (mine));

  take_platform_values (mine, yeji_record_get_project (mine), yeji_record_get_project (theirs));
  for (guint i = 1; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      g_autoptr (GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint j = 0; j < yeji_record_get_n_rows (theirs, table); j++)
        {
          YejiRow *row = yeji_record_get_row (theirs, table, j);

          g_hash_table_insert (rows, (char *) yeji_row_get_id (row), row);
        }
      for (guint j = 0; j < yeji_record_get_n_rows (mine, table); j++)
        {
          YejiRow *row = yeji_record_get_row (mine, table, j);
          YejiRow *other = g_hash_table_lookup (rows, yeji_row_get_id (row));

          if (other != NULL)
            take_platform_values (mine, row, other);
        }
    }
}

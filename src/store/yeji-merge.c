// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-merge"

#include "config.h"

#include "yeji-merge.h"

#include "yeji-change.h"

static gboolean
is_own_extra (GHashTable *base,
              const char *name,
              const char *value)
{
  return base == NULL || g_strcmp0 (g_hash_table_lookup (base, name), value) != 0;
}

static void
keep_record_extras (YejiRecord *merged,
                    YejiRecord *base,
                    YejiRecord *mine)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, yeji_record_get_extras (mine));
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (is_own_extra (yeji_record_get_extras (base), name, value))
      g_hash_table_replace (yeji_record_get_extras (merged), g_strdup (name), g_strdup (value));
}

static void
keep_row_extras (YejiRow *merged,
                 YejiRow *base,
                 YejiRow *mine)
{
  GHashTable *extras = yeji_row_get_extras (mine);
  GHashTableIter iter;
  gpointer name, value;

  if (extras == NULL)
    return;
  g_hash_table_iter_init (&iter, extras);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (is_own_extra (base != NULL ? yeji_row_get_extras (base) : NULL, name, value))
      yeji_row_set_extra (merged, name, value);
}

static void
keep_extras (YejiRecord *merged,
             YejiRecord *base,
             YejiRecord *mine)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (mine));

  keep_record_extras (merged, base, mine);
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (mine, table); j++)
        {
          YejiRow *row = yeji_record_get_row (mine, table, j);
          const char *id = yeji_row_get_id (row);
          YejiRow *there = yeji_record_find_row (merged, table, id, NULL);

          if (there != NULL)
            keep_row_extras (there, yeji_record_find_row (base, table, id, NULL), row);
        }
    }
}

/* A row that mine has is put where mine has it; one that mine lacks is taken out. */
static void
place_row (YejiRecord         *merged,
           YejiRecord         *mine,
           const YejiTableDef *table,
           const YejiChange   *change)
{
  YejiRow *here = yeji_record_find_row (mine, table, change->row, NULL);
  YejiRow *found = yeji_record_find_row (merged, table, change->row, NULL);
  g_autoptr (YejiRow) row = NULL;

  if (found != NULL)
    {
      row = g_object_ref (found);
      yeji_record_remove_row (merged, row);
    }
  if (change->after == NULL)
    return;
  if (row == NULL)
    row = yeji_row_copy (here, change->row);
  yeji_record_insert_row (merged, (guint) g_ascii_strtoull (change->after, NULL, 10), row);
}

static void
set_value (YejiRecord         *merged,
           YejiRecord         *mine,
           const YejiTableDef *table,
           const YejiChange   *change)
{
  const YejiFieldDef *field = yeji_table_def_find_field (table, change->field);
  guint index = 0;
  YejiRow *here = yeji_record_find_row (mine, table, change->row, &index);
  YejiRow *row = yeji_record_find_row (merged, table, change->row, NULL);

  if (here == NULL)
    return;
  if (row != NULL)
    {
      yeji_record_set (merged, row, field, change->after);
      return;
    }
  /* Theirs took the row out, and mine typed into it: what was typed is never dropped. */
  row = yeji_row_copy (here, change->row);
  yeji_record_insert_row (merged, index, row);
  g_object_unref (row);
}

static void
set_kept (YejiRecord       *merged,
          YejiRecord       *mine,
          const YejiChange *change)
{
  g_autofree char *rule = NULL;
  const char *field;
  const YejiKept *kept;

  if (!yeji_change_split_kept (change, &rule, &field))
    return;
  kept = yeji_record_find_kept (mine, rule, change->table, change->row, field);
  if (*change->after != '\0' && kept != NULL)
    {
      yeji_record_keep (merged, kept);
    }
  else
    {
      g_autoptr (YejiKept) none = yeji_kept_new (rule, change->table, change->row, field, "", "",
                                                 "");

      yeji_record_keep (merged, none);
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

/* What was put aside is dropped only where the clerk dropped it here. */
static void
merge_aside (YejiRecord *merged,
             YejiRecord *base,
             YejiRecord *mine)
{
  GPtrArray *before = yeji_record_get_aside (base);
  GPtrArray *aside = yeji_record_get_aside (mine);

  for (guint i = 0; i < before->len; i++)
    if (!has_aside (mine, g_ptr_array_index (before, i)))
      yeji_record_remove_aside (merged, g_ptr_array_index (before, i));
  for (guint i = 0; i < aside->len; i++)
    yeji_record_add_aside (merged, g_ptr_array_index (aside, i));
}

/**
 * yeji_merge_records:
 * @base: what both started from
 * @mine: what became of it here
 * @theirs: what became of it there
 *
 * Merges field by field: what was changed here stays as it is here, everything else is as it is
 * there. All three are under the same dictionary.
 *
 * Returns: (transfer full): a new record
 */
YejiRecord *
yeji_merge_records (YejiRecord *base,
                    YejiRecord *mine,
                    YejiRecord *theirs)
{
  g_autoptr (GPtrArray) changes = yeji_record_diff (base, mine);
  YejiDictionary *dictionary = yeji_record_get_dictionary (mine);
  YejiRecord *merged = yeji_record_copy (theirs);

  for (guint i = 0; i < changes->len; i++)
    {
      const YejiChange *change = g_ptr_array_index (changes, i);
      const YejiTableDef *table = yeji_dictionary_find_table (dictionary, change->table);

      if (yeji_change_split_kept (change, NULL, NULL))
        set_kept (merged, mine, change);
      else if (yeji_change_is_aside (change) || yeji_change_get_extra (change) != NULL)
        continue;
      else if (table == NULL)
        yeji_record_set_role (merged, yeji_record_get_role (mine));
      else if (*change->field == '\0')
        place_row (merged, mine, table, change);
      else
        set_value (merged, mine, table, change);
    }
  merge_aside (merged, base, mine);
  keep_extras (merged, base, mine);
  return merged;
}

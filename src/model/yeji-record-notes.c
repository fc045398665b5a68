// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record"

#include "config.h"

#include "yeji-record-private.h"

#include <string.h>

#include "yeji-explanation.h"

/* What is noted beside the values: kept warnings, replies to a reviewer, and values put aside. */

/* The root table has one row, so that its whole and its row are the same place. */
static const char *
normalise_row (YejiRecord *self,
               const char *table,
               const char *row)
{
  if (*row == '\0' && g_str_equal (table, yeji_dictionary_get_root (self->dictionary)->id))
    return yeji_row_get_id (yeji_record_get_project (self));
  return row;
}

static gboolean
find_index (YejiRecord *self,
            const char *rule,
            const char *table,
            const char *row,
            const char *field,
            guint      *index)
{
  row = normalise_row (self, table, row);
  for (guint i = 0; i < self->kept->len; i++)
    {
      const YejiKept *kept = g_ptr_array_index (self->kept, i);

      if (g_str_equal (kept->rule, rule) && g_str_equal (kept->row, row)
          && g_str_equal (kept->table, table) && g_str_equal (kept->field, field))
        {
          *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* Replies stand behind the warnings, as they are written. */
static void
insert_kept (YejiRecord *self,
             YejiKept   *kept)
{
  guint i = self->kept->len;

  if (!yeji_kept_is_reply (kept))
    while (i > 0 && yeji_kept_is_reply (g_ptr_array_index (self->kept, i - 1)))
      i--;
  g_ptr_array_insert (self->kept, (int) i, kept);
}

/**
 * yeji_record_keep:
 * @kept: (transfer none): a warning and why it is kept
 *
 * Keeps a warning instead of the one with the same rule and place, if there is one. An empty reason
 * takes that one away.
 */
void
yeji_record_keep (YejiRecord     *self,
                  const YejiKept *kept)
{
  const char *row;
  YejiKept *copy;
  guint index;
  gboolean found;

  g_return_if_fail (YEJI_IS_RECORD (self));
  g_return_if_fail (kept != NULL);

  row = normalise_row (self, kept->table, kept->row);
  found = find_index (self, kept->rule, kept->table, row, kept->field, &index);
  if (*kept->reason == '\0')
    {
      if (!found)
        return;
      g_ptr_array_remove_index (self->kept, index);
      yeji_record_notes_changed (self);
      return;
    }

  copy = yeji_kept_new (kept->rule, kept->table, row, kept->field, kept->value, kept->other,
                        kept->reason);
  if (!found)
    insert_kept (self, copy);
  else if (yeji_kept_equal (g_ptr_array_index (self->kept, index), copy))
    {
      yeji_kept_free (copy);
      return;
    }
  else
    {
      yeji_kept_free (g_ptr_array_index (self->kept, index));
      g_ptr_array_index (self->kept, index) = copy;
    }
  yeji_record_notes_changed (self);
}

/**
 * yeji_record_get_kept:
 *
 * Returns: (transfer none) (element-type YejiKept): the kept warnings, and behind them the replies
 *   to a reviewer; those too whose row is gone
 */
GPtrArray *
yeji_record_get_kept (YejiRecord *self)
{
  return self->kept;
}

/**
 * yeji_record_find_kept:
 * @rule: a rule's id
 * @table: a table's id, "" the record as a whole
 * @row: a row's id, "" the table as a whole
 * @field: a field's id, "" the row as a whole
 *
 * Returns: (nullable) (transfer none): what is kept there, whether its values still hold or not
 */
const YejiKept *
yeji_record_find_kept (YejiRecord *self,
                       const char *rule,
                       const char *table,
                       const char *row,
                       const char *field)
{
  guint index;

  return find_index (self, rule, table, row, field, &index)
         ? g_ptr_array_index (self->kept, index) : NULL;
}

/**
 * yeji_record_place_kept:
 * @place: (out caller-allocates): where the warning is
 *
 * Returns: whether the record still has that place
 */
gboolean
yeji_record_place_kept (YejiRecord     *self,
                        const YejiKept *kept,
                        YejiPlace      *place)
{
  memset (place, 0, sizeof *place);
  if (*kept->table == '\0')
    return *kept->row == '\0' && *kept->field == '\0';
  place->table = yeji_dictionary_find_table (self->dictionary, kept->table);
  if (place->table == NULL)
    return FALSE;
  if (*kept->row == '\0')
    return *kept->field == '\0';
  place->row = yeji_record_find_row (self, place->table, kept->row, NULL);
  if (place->row == NULL)
    return FALSE;
  if (*kept->field == '\0')
    return TRUE;
  place->field = yeji_table_def_find_field (place->table, kept->field);
  return place->field != NULL;
}

/**
 * yeji_record_add_aside:
 * @aside: (transfer none): a value for which the dictionary has no place
 *
 * Puts a value aside, once.
 */
void
yeji_record_add_aside (YejiRecord      *self,
                       const YejiAside *aside)
{
  g_return_if_fail (YEJI_IS_RECORD (self));
  g_return_if_fail (aside != NULL);

  for (guint i = 0; i < self->aside->len; i++)
    if (yeji_aside_equal (g_ptr_array_index (self->aside, i), aside))
      return;
  g_ptr_array_add (self->aside, yeji_aside_copy (aside));
  yeji_record_notes_changed (self);
}

/**
 * yeji_record_get_aside:
 *
 * Returns: (transfer none) (element-type YejiAside): the values put aside, in the order in which
 * they were
 */
GPtrArray *
yeji_record_get_aside (YejiRecord *self)
{
  return self->aside;
}

/**
 * yeji_record_remove_aside:
 * @aside: (transfer none): one of yeji_record_get_aside(), or the same
 *
 * Drops a value that was put aside, for good.
 *
 * Returns: whether it was there
 */
gboolean
yeji_record_remove_aside (YejiRecord      *self,
                          const YejiAside *aside)
{
  g_return_val_if_fail (YEJI_IS_RECORD (self), FALSE);
  g_return_val_if_fail (aside != NULL, FALSE);

  for (guint i = 0; i < self->aside->len; i++)
    if (yeji_aside_equal (g_ptr_array_index (self->aside, i), aside))
      {
        g_ptr_array_remove_index (self->aside, i);
        yeji_record_notes_changed (self);
        return TRUE;
      }
  return FALSE;
}

/* A copy's row stands where the original stands, whatever its id is. */
static const char *
translate_row (YejiRecord *self,
               YejiRecord *copy,
               const char *table_id,
               const char *row)
{
  const YejiTableDef *table = yeji_dictionary_find_table (self->dictionary, table_id);
  guint index;

  if (table == NULL || yeji_record_find_row (self, table, row, &index) == NULL)
    return row;
  return yeji_row_get_id (yeji_record_get_row (copy, table, index));
}

/**
 * yeji_record_copy_notes: (skip)
 * @copy: a record with the same rows, maybe under other ids, and no notes
 */
void
yeji_record_copy_notes (YejiRecord *self,
                        YejiRecord *copy)
{
  for (guint i = 0; i < self->kept->len; i++)
    {
      const YejiKept *kept = g_ptr_array_index (self->kept, i);

      g_ptr_array_add (copy->kept,
                       yeji_kept_new (kept->rule, kept->table,
                                      translate_row (self, copy, kept->table, kept->row),
                                      kept->field, kept->value, kept->other, kept->reason));
    }
  for (guint i = 0; i < self->aside->len; i++)
    {
      const YejiAside *aside = g_ptr_array_index (self->aside, i);

      g_ptr_array_add (copy->aside,
                       yeji_aside_new (aside->version, aside->table,
                                       translate_row (self, copy, aside->table, aside->row),
                                       aside->field, aside->label, aside->value));
    }
}

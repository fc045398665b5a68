// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-draft"

#include "config.h"

#include "yeji-draft-private.h"

/* Rows that come, go and move. Each is a step by itself. */

static void
tell (YejiDraft          *self,
      const YejiTableDef *table)
{
  yeji_draft_touch (self, "typed");
  g_signal_emit_by_name (self, "rows-changed", table);
}

/**
 * yeji_draft_insert_rows:
 * @index: where, after the last at most
 * @rows: (element-type YejiRow): of one table, new ones or such that were removed
 *
 * Puts rows into their table, one after the other.
 */
void
yeji_draft_insert_rows (YejiDraft *self,
                        guint      index,
                        GPtrArray *rows)
{
  YejiRecord *record;
  const YejiTableDef *table;

  g_return_if_fail (YEJI_IS_DRAFT (self));

  if (rows->len == 0)
    return;
  record = yeji_draft_get_record (self);
  table = yeji_row_get_table (g_ptr_array_index (rows, 0));
  yeji_draft_begin_step (self);
  index = MIN (index, yeji_record_get_n_rows (record, table));
  for (guint i = 0; i < rows->len; i++)
    yeji_record_insert_row (record, index + i, g_ptr_array_index (rows, i));
  tell (self, table);
}

/**
 * yeji_draft_insert_row:
 * @index: where, after the last at most
 *
 * Puts a row into its table, one that was removed for instance.
 */
void
yeji_draft_insert_row (YejiDraft *self,
                       guint      index,
                       YejiRow   *row)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  g_ptr_array_add (rows, row);
  yeji_draft_insert_rows (self, index, rows);
}

/**
 * yeji_draft_remove_row:
 *
 * Takes a row out of its table.
 *
 * Returns: where it was, for yeji_draft_insert_row()
 */
guint
yeji_draft_remove_row (YejiDraft *self,
                       YejiRow   *row)
{
  g_autoptr (YejiRow) kept = g_object_ref (row);
  const YejiTableDef *table = yeji_row_get_table (row);
  YejiRecord *record = yeji_draft_get_record (self);
  guint index = 0;

  yeji_record_find_row (record, table, yeji_row_get_id (row), &index);
  yeji_draft_begin_step (self);
  yeji_record_remove_row (record, row);
  tell (self, table);
  return index;
}

/**
 * yeji_draft_remove_rows:
 * @rows: (element-type YejiRow): of one table
 *
 * Takes rows out of their table, in one step.
 */
void
yeji_draft_remove_rows (YejiDraft *self,
                        GPtrArray *rows)
{
  YejiRecord *record;

  g_return_if_fail (YEJI_IS_DRAFT (self));

  if (rows->len == 0)
    return;
  record = yeji_draft_get_record (self);
  yeji_draft_begin_step (self);
  for (guint i = rows->len; i > 0; i--)
    yeji_record_remove_row (record, g_ptr_array_index (rows, i - 1));
  tell (self, yeji_row_get_table (g_ptr_array_index (rows, 0)));
}

/**
 * yeji_draft_move_row:
 * @to: where it shall be in the table; after the last at most
 *
 * Moves a row within its table.
 *
 * Returns: whether it was elsewhere before
 */
gboolean
yeji_draft_move_row (YejiDraft *self,
                     YejiRow   *row,
                     guint      to)
{
  g_autoptr (YejiRow) kept = g_object_ref (row);
  const YejiTableDef *table = yeji_row_get_table (row);
  YejiRecord *record = yeji_draft_get_record (self);
  guint from = 0;

  g_return_val_if_fail (YEJI_IS_DRAFT (self), FALSE);

  yeji_record_find_row (record, table, yeji_row_get_id (row), &from);
  to = MIN (to, yeji_record_get_n_rows (record, table) - 1);
  if (to == from)
    return FALSE;
  yeji_draft_begin_step (self);
  yeji_record_remove_row (record, row);
  yeji_record_insert_row (record, to, row);
  tell (self, table);
  return TRUE;
}

/**
 * yeji_draft_add_row:
 *
 * Returns: (transfer none): a new empty row, the last of its table
 */
YejiRow *
yeji_draft_add_row (YejiDraft          *self,
                    const YejiTableDef *table)
{
  g_autoptr (YejiRow) row = yeji_row_new (table, NULL);

  yeji_draft_insert_row (self, G_MAXUINT, row);
  return row;
}

/**
 * yeji_draft_duplicate_row:
 *
 * Returns: (transfer none): a row with the same values, right after @row
 */
YejiRow *
yeji_draft_duplicate_row (YejiDraft *self,
                          YejiRow   *row)
{
  g_autoptr (YejiRow) copy = yeji_row_copy (row, NULL);
  guint index = 0;

  yeji_record_find_row (yeji_draft_get_record (self), yeji_row_get_table (row),
                        yeji_row_get_id (row), &index);
  yeji_draft_insert_row (self, index + 1, copy);
  return copy;
}

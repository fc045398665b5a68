// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-draft"

#include "config.h"

#include "yeji-draft.h"

/* Rows that come, in terms of yeji_draft_insert_row(). */

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

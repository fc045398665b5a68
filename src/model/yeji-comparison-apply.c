// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-comparison"

#include "config.h"

#include "yeji-comparison-apply.h"

#include "yeji-change.h"

static gboolean
is_role (const YejiDifference *self)
{
  return *self->table == '\0' && g_str_equal (self->field, "role");
}

/* (nullable): a reason or a reply as it is here; @rule: (transfer full), NULL if it is about none */
static const YejiKept *
find_kept (const YejiDifference  *self,
           YejiRecord            *record,
           char                 **rule,
           const char           **field)
{
  const YejiChange change = { self->table, self->row, self->field };

  *rule = NULL;
  return yeji_change_split_kept (&change, rule, field)
           ? yeji_record_find_kept (record, *rule, self->table, self->row, *field) : NULL;
}

static gboolean
is_kept (const YejiDifference *self)
{
  const YejiChange change = { self->table, self->row, self->field };

  return yeji_change_split_kept (&change, NULL, NULL);
}

/* What a reason is about stays as it is here. */
static void
apply_kept (const YejiDifference *self,
            YejiRecord           *record,
            YejiSide              side)
{
  g_autofree char *rule = NULL;
  const char *field = NULL;
  const YejiKept *here = find_kept (self, record, &rule, &field);
  g_autoptr (YejiKept) kept = NULL;

  if (here == NULL)
    return;
  kept = yeji_kept_new (rule, self->table, self->row, field, here->value, here->other,
                        self->texts[side] != NULL ? self->texts[side] : "");
  yeji_record_keep (record, kept);
}

static void
apply_row (const YejiDifference *self,
           YejiRecord           *record,
           const YejiTableDef   *table,
           YejiSide              side)
{
  YejiRow *here = yeji_record_find_row (record, table, self->row, NULL);
  g_autoptr (YejiRow) row = NULL;
  guint index;

  if (self->texts[side] == NULL)
    {
      if (here != NULL && table->index != 0)
        yeji_record_remove_row (record, here);
      return;
    }
  if (here != NULL || self->rows[side] == NULL)
    return;
  index = (guint) g_ascii_strtoull (self->texts[side], NULL, 10);
  row = yeji_row_copy (self->rows[side], self->row);
  yeji_record_insert_row (record, MIN (index, yeji_record_get_n_rows (record, table)), row);
}

/**
 * yeji_difference_apply:
 * @record: mine, under the dictionary of the comparison
 *
 * Makes a place say what one side says. A row comes back where that side has it; where a row
 * stands is left. Of what is noted beside values a reason or a reply is set; the rest, and a place
 * that is no more, is left as well.
 */
void
yeji_difference_apply (const YejiDifference *self,
                       YejiRecord           *record,
                       YejiSide              side)
{
  const YejiTableDef *table = yeji_dictionary_find_table (yeji_record_get_dictionary (record),
                                                          self->table);
  const YejiFieldDef *field = table != NULL ? yeji_table_def_find_field (table, self->field) : NULL;
  YejiRow *row = table != NULL ? yeji_record_find_row (record, table, self->row, NULL) : NULL;

  if (is_role (self))
    yeji_record_set_role (record, self->texts[side]);
  else if (is_kept (self))
    apply_kept (self, record, side);
  else if (table != NULL && yeji_difference_is_row (self))
    apply_row (self, record, table, side);
  else if (field != NULL && row != NULL)
    yeji_record_set (record, row, field, self->texts[side] != NULL ? self->texts[side] : "");
}

/**
 * yeji_difference_agrees:
 * @record: mine
 *
 * Returns: whether a place says what one side says. One that is no more does: there is nothing left
 *   to decide. A row that is there agrees with every side that has it
 */
gboolean
yeji_difference_agrees (const YejiDifference *self,
                        YejiRecord           *record,
                        YejiSide              side)
{
  const YejiTableDef *table = yeji_dictionary_find_table (yeji_record_get_dictionary (record),
                                                          self->table);
  const YejiFieldDef *field = table != NULL ? yeji_table_def_find_field (table, self->field) : NULL;
  YejiRow *row = table != NULL ? yeji_record_find_row (record, table, self->row, NULL) : NULL;

  if (is_role (self))
    return g_strcmp0 (yeji_record_get_role (record), self->texts[side]) == 0;
  if (is_kept (self))
    {
      g_autofree char *rule = NULL;
      const char *name = NULL;
      const YejiKept *kept = find_kept (self, record, &rule, &name);

      return kept == NULL || g_strcmp0 (kept->reason, self->texts[side]) == 0;
    }
  if (table != NULL && yeji_difference_is_row (self))
    return (row != NULL) == (self->texts[side] != NULL);
  return field == NULL || row == NULL
         || g_strcmp0 (yeji_row_get (row, field), self->texts[side]) == 0;
}

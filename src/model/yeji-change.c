// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-change"

#include "config.h"

#include "yeji-change.h"

static void
add_change (GPtrArray  *changes,
            const char *table,
            const char *row,
            const char *field,
            const char *before,
            const char *after)
{
  YejiChange *change = g_new (YejiChange, 1);

  change->table = g_strdup (table);
  change->row = g_strdup (row);
  change->field = g_strdup (field);
  change->before = g_strdup (before);
  change->after = g_strdup (after);
  g_ptr_array_add (changes, change);
}

/* One of both may be missing: then all values of the other came or went. */
static void
diff_values (GPtrArray          *changes,
             const YejiTableDef *table,
             YejiRow            *before,
             YejiRow            *after)
{
  const char *id = yeji_row_get_id (before != NULL ? before : after);

  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const char *old = before != NULL ? yeji_row_get (before, field) : "";
      const char *new = after != NULL ? yeji_row_get (after, field) : "";

      if (!g_str_equal (old, new))
        add_change (changes, table->id, id, field->id, old, new);
    }
}

static void
diff_table (GPtrArray          *changes,
            const YejiTableDef *table,
            YejiRecord         *before,
            YejiRecord         *after)
{
  for (guint i = 0; i < yeji_record_get_n_rows (before, table); i++)
    {
      YejiRow *row = yeji_record_get_row (before, table, i);
      g_autofree char *position = g_strdup_printf ("%u", i);

      if (yeji_record_find_row (after, table, yeji_row_get_id (row), NULL) != NULL)
        continue;
      add_change (changes, table->id, yeji_row_get_id (row), "", position, NULL);
      diff_values (changes, table, row, NULL);
    }

  for (guint i = 0; i < yeji_record_get_n_rows (after, table); i++)
    {
      YejiRow *row = yeji_record_get_row (after, table, i);
      guint index = 0;
      YejiRow *old = yeji_record_find_row (before, table, yeji_row_get_id (row), &index);
      g_autofree char *old_position = old != NULL ? g_strdup_printf ("%u", index) : NULL;
      g_autofree char *position = g_strdup_printf ("%u", i);

      if (g_strcmp0 (old_position, position) != 0)
        add_change (changes, table->id, yeji_row_get_id (row), "", old_position, position);
      diff_values (changes, table, old, row);
    }
}

/**
 * yeji_record_diff:
 * @before: a state of a record
 * @after: another state of it, under the same dictionary
 *
 * Returns: (transfer full) (element-type YejiChange): what makes @after of @before; empty when both
 * say the same
 */
GPtrArray *
yeji_record_diff (YejiRecord *before,
                  YejiRecord *after)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (after));
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_change_free);

  if (!g_str_equal (yeji_record_get_role (before), yeji_record_get_role (after)))
    add_change (changes, "", "", "role",
                yeji_record_get_role (before), yeji_record_get_role (after));
  for (guint i = 0; i < tables->len; i++)
    diff_table (changes, g_ptr_array_index (tables, i), before, after);
  return changes;
}

void
yeji_change_free (YejiChange *self)
{
  g_free (self->table);
  g_free (self->row);
  g_free (self->field);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-condition"

#include "config.h"

#include "yeji-condition.h"

#include "yeji-record.h"

static gboolean
is_above (const char *value,
          double      limit)
{
  char *end;
  double number = g_ascii_strtod (value, &end);

  return end != value && *end == '\0' && number > limit;
}

static gboolean
has_row (const YejiCondition *self,
         YejiRecord          *record)
{
  const YejiCondition *where = self->parts != NULL ? g_ptr_array_index (self->parts, 0) : NULL;

  for (guint i = 0; i < yeji_record_get_n_rows (record, self->table); i++)
    if (where == NULL
        || yeji_condition_holds (where, record, yeji_record_get_row (record, self->table, i)))
      return TRUE;
  return FALSE;
}

/* All parts, or any of them, are as @wanted. */
static gboolean
is_every (const YejiCondition *self,
          YejiRecord          *record,
          YejiRow             *row,
          gboolean             wanted)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (yeji_condition_holds (g_ptr_array_index (self->parts, i), record, row) != wanted)
      return FALSE;
  return TRUE;
}

/**
 * yeji_condition_holds:
 * @row: a row of the table for which the condition was written, or the project
 *
 * Tests a row as receivers see it; docs/dictionary-format.md says what each kind means.
 */
gboolean
yeji_condition_holds (const YejiCondition *self,
                      YejiRecord          *record,
                      YejiRow             *row)
{
  const char *value = "";

  if (self->field != NULL)
    {
      if (self->field->table != yeji_row_get_table (row))
        row = yeji_record_get_project (record);
      value = yeji_record_get_effective (record, row, self->field);
    }
  switch (self->kind)
    {
    case YEJI_CONDITION_IN:
      return g_strv_contains ((const char * const *) self->values, value);
    case YEJI_CONDITION_NOT_IN:
      return !g_strv_contains ((const char * const *) self->values, value);
    case YEJI_CONDITION_ABOVE:
      return is_above (value, self->above);
    case YEJI_CONDITION_FILLED:
      return *value != '\0';
    case YEJI_CONDITION_EMPTY:
      return *value == '\0';
    case YEJI_CONDITION_ROWS:
      return has_row (self, record);
    case YEJI_CONDITION_ALL:
      return is_every (self, record, row, TRUE);
    case YEJI_CONDITION_ANY:
      return !is_every (self, record, row, FALSE);
    default:
      g_assert_not_reached ();
    }
}

/**
 * yeji_condition_each:
 * @self: (nullable): nothing happens without one
 * @func: (scope call): called for the condition and everything that it is made of
 */
void
yeji_condition_each (const YejiCondition *self,
                     YejiConditionFunc    func,
                     gpointer             data)
{
  if (self == NULL)
    return;
  func (self, data);
  for (guint i = 0; self->parts != NULL && i < self->parts->len; i++)
    yeji_condition_each (g_ptr_array_index (self->parts, i), func, data);
}

void
yeji_condition_free (YejiCondition *self)
{
  g_strfreev (self->values);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self);
}

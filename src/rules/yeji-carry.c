// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The standard asks for the same fact in several tables. An empty field is offered what stands in
 * the nearest of the places that the dictionary names for it; nothing is changed here. */

#define G_LOG_DOMAIN "yeji-carry"

#include "config.h"

#include "yeji-carry.h"

/**
 * yeji_carried_free:
 */
void
yeji_carried_free (YejiCarried *self)
{
  g_clear_object (&self->row);
  g_free (self->value);
  g_free (self);
}

static gboolean
is_for_role (const YejiCarrySource *source,
             YejiRecord            *record)
{
  for (guint i = 0; source->roles != NULL && i < source->roles->len; i++)
    if (g_str_equal (((const YejiRole *) g_ptr_array_index (source->roles, i))->id,
                     yeji_record_get_role (record)))
      return TRUE;
  return source->roles == NULL;
}

/* The field of the row's table by which the row names one of @table; NULL: none, or it is empty. */
static const YejiFieldDef *
find_link (YejiRecord         *record,
           YejiRow            *row,
           const YejiTableDef *table)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);

      if (field->link != NULL && field->link->table == table
          && *yeji_record_get_effective (record, row, field) != '\0')
        return field;
    }
  return NULL;
}

static gboolean
have_same (YejiRecord         *record,
           YejiRow            *row,
           const YejiFieldDef *field,
           YejiRow            *other,
           const YejiFieldDef *other_field)
{
  const char *value = yeji_record_get_effective (record, row, field);

  return *value != '\0'
         && g_str_equal (value, yeji_record_get_effective (record, other, other_field));
}

static YejiCarried *
new_carried (const char            *value,
             const YejiCarrySource *source,
             YejiRow               *row,
             guint                  number)
{
  YejiCarried *carried = g_new0 (YejiCarried, 1);

  carried->value = g_strdup (value);
  carried->source = source;
  g_set_object (&carried->row, row);
  carried->number = number;
  return carried;
}

/* Rows that say different things say nothing: which of them is meant is the clerk's to know. */
static YejiCarried *
look_at_rows (YejiRecord            *record,
              YejiRow               *row,
              const YejiCarrySource *source)
{
  const YejiTableDef *table = source->field->table;
  const YejiFieldDef *link = table->index > 0 ? find_link (record, row, table) : NULL;
  guint n = yeji_record_get_n_rows (record, table);
  const char *found = NULL;
  YejiRow *found_row = NULL;
  guint found_number = 0;

  for (guint i = 0; i < n; i++)
    {
      YejiRow *other = yeji_record_get_row (record, table, i);
      const char *value;

      if (other == row
          || (link != NULL && !have_same (record, row, link, other, link->link))
          || (source->via[0] != NULL
              && !have_same (record, row, source->via[0], other, source->via[1]))
          || (source->where != NULL && !yeji_condition_holds (source->where, record, other)))
        continue;
      value = yeji_record_get_effective (record, other, source->field);
      if (*value == '\0')
        continue;
      if (found != NULL && !g_str_equal (found, value))
        return NULL;
      if (found != NULL)
        continue;
      found = value;
      found_row = other;
      found_number = table->index > 0 ? i + 1 : 0;
    }
  return found != NULL ? new_carried (found, source, found_row, found_number) : NULL;
}

static YejiCarried *
look_at (YejiRecord            *record,
         YejiRow               *row,
         const YejiCarrySource *source,
         const YejiEnterprise  *enterprise)
{
  const char *value = NULL;

  if (!is_for_role (source, record)
      || (source->when != NULL && !yeji_condition_holds (source->when, record, row)))
    return NULL;
  if (source->kind == YEJI_CARRY_FIELD)
    return look_at_rows (record, row, source);
  if (enterprise != NULL)
    value = source->kind == YEJI_CARRY_ENTERPRISE_NAME ? enterprise->name : enterprise->code;
  return value != NULL && *value != '\0' ? new_carried (value, source, NULL, 0) : NULL;
}

/**
 * yeji_carry_find:
 * @row: a row of @record
 * @field: a field of the row's table
 * @enterprise: (nullable): whose record it is
 * @normaliser: (nullable): says what the field takes; %NULL: whatever stands there is offered
 *
 * Looks in the places that the dictionary names, nearest first: in the row to which the field's own
 * row links, else in all rows of the table if they agree. A field that is not empty, or that has
 * the project's value while it is empty, is offered nothing.
 *
 * Returns: (transfer full) (nullable): what could be put there
 */
YejiCarried *
yeji_carry_find (YejiRecord           *record,
                 YejiRow              *row,
                 const YejiFieldDef   *field,
                 const YejiEnterprise *enterprise,
                 YejiNormaliser       *normaliser)
{
  g_return_val_if_fail (YEJI_IS_RECORD (record), NULL);
  g_return_val_if_fail (yeji_row_get_table (row) == field->table, NULL);

  if (field->carry == NULL || *yeji_row_get (row, field) != '\0'
      || *yeji_record_get_effective (record, row, field) != '\0')
    return NULL;
  for (guint i = 0; i < field->carry->len; i++)
    {
      g_autoptr (YejiCarried) carried = look_at (record, row, g_ptr_array_index (field->carry, i),
                                                 enterprise);

      if (carried != NULL
          && (normaliser == NULL || yeji_normaliser_accepts (normaliser, field, carried->value)))
        return g_steal_pointer (&carried);
    }
  return NULL;
}

/**
 * yeji_carry_looks_at:
 * @table: where something changed
 *
 * Returns: whether what is offered for @field may be another one now
 */
gboolean
yeji_carry_looks_at (const YejiFieldDef *field,
                     const YejiTableDef *table)
{
  if (field->carry == NULL)
    return FALSE;
  if (table == field->table || table->index == 0)    /* conditions, links */
    return TRUE;
  for (guint i = 0; i < field->carry->len; i++)
    {
      const YejiCarrySource *source = g_ptr_array_index (field->carry, i);

      if (source->field != NULL && source->field->table == table)
        return TRUE;
    }
  return FALSE;
}

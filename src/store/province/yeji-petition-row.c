// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Rows of a record that shall come or go. A change whose pointer names a row as a whole says so: it
 * is there before, or after. Pointers mean the record as it was approved, with the rows that come
 * behind its own. */

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-petition.h"

#include <string.h>

/* What stands in place of a value where a row is there. */
#define THERE "row"

/* The place of a row ends in its number; no field is called by one. */
static gboolean
names_row (const char *pointer)
{
  const char *last = strrchr (pointer, '/');

  return last != NULL && last > pointer && last[1] != '\0'
         && strspn (last + 1, "0123456789") == strlen (last + 1);
}

/**
 * yeji_petition_change_get_row:
 *
 * Returns: whether a change is about a row as a whole, and what shall become of it
 */
YejiPetitionRow
yeji_petition_change_get_row (const YejiPetitionChange *change)
{
  if (!names_row (change->pointer) || (*change->before == '\0') == (*change->after == '\0'))
    return YEJI_PETITION_ROW_STAYS;
  return *change->after != '\0' ? YEJI_PETITION_ROW_COMES : YEJI_PETITION_ROW_GOES;
}

/**
 * yeji_petition_find_row:
 *
 * Returns: what shall become of a row
 */
YejiPetitionRow
yeji_petition_find_row (YejiPetition *self,
                        YejiRow      *row)
{
  YejiPetitionChange *change = yeji_petition_find_change (self, yeji_row_get_table (row)->id,
                                                          yeji_row_get_id (row), "");

  return change != NULL ? yeji_petition_change_get_row (change) : YEJI_PETITION_ROW_STAYS;
}

/**
 * yeji_petition_add_row_change:
 * @row: %YEJI_PETITION_ROW_COMES or %YEJI_PETITION_ROW_GOES
 * @table: "" where it is not known here
 * @id: of the row
 *
 * Adds that a row shall come or go.
 */
void
yeji_petition_add_row_change (YejiPetition    *self,
                              YejiPetitionRow  row,
                              const char      *table,
                              const char      *id,
                              const char      *pointer)
{
  gboolean comes = row == YEJI_PETITION_ROW_COMES;

  yeji_petition_add_change (self, table, id, "", pointer, comes ? "" : THERE, comes ? THERE : "");
}

/**
 * yeji_petition_keep_row:
 *
 * Asks nothing for a row any more, neither for it as a whole nor for its values.
 */
void
yeji_petition_keep_row (YejiPetition *self,
                        YejiRow      *row)
{
  const char *table = yeji_row_get_table (row)->id;
  const char *id = yeji_row_get_id (row);

  for (guint i = self->changes->len; i > 0; i--)
    {
      const YejiPetitionChange *change = g_ptr_array_index (self->changes, i - 1);

      if (g_str_equal (change->table, table) && g_str_equal (change->row, id))
        g_ptr_array_remove_index (self->changes, i - 1);
    }
}

/**
 * yeji_petition_bring_row:
 * @record: of yeji_petition_apply(), with @row as the last of its table
 *
 * Asks for a row that the record has not.
 */
void
yeji_petition_bring_row (YejiPetition *self,
                         YejiRecord   *record,
                         YejiRow      *row)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  g_autofree char *pointer = yeji_record_get_pointer (record, table, row, NULL);

  g_return_if_fail (pointer != NULL);

  yeji_petition_add_row_change (self, YEJI_PETITION_ROW_COMES, table->id, yeji_row_get_id (row),
                                pointer);
}

/**
 * yeji_petition_take_row:
 * @record: of yeji_petition_apply(), or as it was approved
 *
 * Asks that a row of the approved record go, with all its values.
 */
void
yeji_petition_take_row (YejiPetition *self,
                        YejiRecord   *record,
                        YejiRow      *row)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  g_autofree char *pointer = yeji_record_get_pointer (record, table, row, NULL);

  g_return_if_fail (pointer != NULL && table->index != 0);

  yeji_petition_keep_row (self, row);
  yeji_petition_add_row_change (self, YEJI_PETITION_ROW_GOES, table->id, yeji_row_get_id (row),
                                pointer);
}

static void
apply_change (YejiRecord               *record,
              const YejiPetitionChange *change)
{
  YejiDictionary *dictionary = yeji_record_get_dictionary (record);
  const YejiTableDef *table = yeji_dictionary_find_table (dictionary, change->table);
  YejiPetitionRow comes = yeji_petition_change_get_row (change);
  YejiPlace place;

  if (comes == YEJI_PETITION_ROW_COMES)
    {
      if (table != NULL && table->index != 0)
        {
          g_autoptr (YejiRow) row = yeji_row_new (table, change->row);

          yeji_record_insert_row (record, G_MAXUINT, row);
        }
    }
  else if (comes == YEJI_PETITION_ROW_STAYS
           && yeji_record_resolve (record, change->pointer, &place, NULL) && place.field != NULL
           && place.row != NULL)
    yeji_record_set (record, place.row, place.field, change->after);
}

/**
 * yeji_petition_apply:
 * @record: as it was approved
 *
 * Returns: (transfer full): a copy with the values that are asked for and the rows that come; rows
 *   that go are still there, so that every pointer means the same in both
 */
YejiRecord *
yeji_petition_apply (const YejiPetition *self,
                     YejiRecord         *record)
{
  YejiRecord *copy = yeji_record_copy (record);

  for (guint i = 0; i < self->changes->len; i++)
    apply_change (copy, g_ptr_array_index (self->changes, i));
  return copy;
}

/**
 * yeji_petition_renumber:
 * @record: of yeji_petition_apply(), from which a row was taken that was to come
 *
 * Puts the pointers right.
 */
void
yeji_petition_renumber (YejiPetition *self,
                        YejiRecord   *record)
{
  YejiDictionary *dictionary = yeji_record_get_dictionary (record);

  for (guint i = 0; i < self->changes->len; i++)
    {
      YejiPetitionChange *change = g_ptr_array_index (self->changes, i);
      const YejiTableDef *table = yeji_dictionary_find_table (dictionary, change->table);
      const YejiFieldDef *field = table != NULL ? yeji_table_def_find_field (table, change->field)
                                                : NULL;
      YejiRow *row = table != NULL ? yeji_record_find_row (record, table, change->row, NULL) : NULL;

      if (row == NULL || (field == NULL && *change->field != '\0'))
        continue;
      g_free (change->pointer);
      change->pointer = yeji_record_get_pointer (record, table, row, field);
    }
}

/**
 * yeji_petition_fits:
 * @record: as it is approved now
 *
 * Returns: whether all that shall change still is what it was
 */
gboolean
yeji_petition_fits (const YejiPetition *self,
                    YejiRecord         *record)
{
  g_autoptr (YejiRecord) grown = yeji_record_copy (record);

  for (guint i = 0; i < self->changes->len; i++)
    {
      const YejiPetitionChange *change = g_ptr_array_index (self->changes, i);
      YejiPlace place;

      if (yeji_petition_change_get_row (change) == YEJI_PETITION_ROW_COMES)
        {
          if (yeji_record_resolve (grown, change->pointer, &place, NULL))
            return FALSE;
          apply_change (grown, change);
        }
      if (!yeji_record_resolve (grown, change->pointer, &place, NULL) || place.row == NULL)
        return FALSE;
      if (yeji_petition_change_get_row (change) == YEJI_PETITION_ROW_STAYS
          && (place.field == NULL
              || !g_str_equal (yeji_row_get (place.row, place.field), change->before)))
        return FALSE;
    }
  return TRUE;
}

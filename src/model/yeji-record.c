// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record"

#include "config.h"

#include "yeji-record-private.h"

#include <string.h>

/**
 * YejiRecord:
 *
 * One past project: the project row and under it the rows of the other tables, in order. Knows
 * nothing of files or databases. Not thread-safe; hand a copy to another thread.
 *
 * Signals: "value-changed" (YejiRow *row, const YejiFieldDef *field) after a value changed,
 * "rows-changed" (const YejiTableDef *table) after rows came, went or moved, "notes-changed" after
 * a warning was kept, or no longer, or a value was put aside, or dropped from there.
 */

enum
{
  VALUE_CHANGED,
  ROWS_CHANGED,
  NOTES_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_QUARK (yeji-record-error-quark, yeji_record_error)

G_DEFINE_FINAL_TYPE (YejiRecord, yeji_record, G_TYPE_OBJECT)

static void
yeji_record_finalize (GObject *object)
{
  YejiRecord *self = YEJI_RECORD (object);

  for (guint i = 0; i < yeji_dictionary_get_tables (self->dictionary)->len; i++)
    g_ptr_array_unref (self->rows[i]);
  g_free (self->rows);
  g_free (self->uuid);
  g_free (self->role);
  g_hash_table_unref (self->extras);
  g_ptr_array_unref (self->kept);
  g_ptr_array_unref (self->aside);
  g_object_unref (self->dictionary);
  G_OBJECT_CLASS (yeji_record_parent_class)->finalize (object);
}

static void
yeji_record_class_init (YejiRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_record_finalize;

  signals[VALUE_CHANGED] = g_signal_new ("value-changed", YEJI_TYPE_RECORD, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, YEJI_TYPE_ROW, G_TYPE_POINTER);
  signals[ROWS_CHANGED] = g_signal_new ("rows-changed", YEJI_TYPE_RECORD, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[NOTES_CHANGED] = g_signal_new ("notes-changed", YEJI_TYPE_RECORD, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_record_init (YejiRecord *self)
{
  self->extras = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->kept = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_kept_free);
  self->aside = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_aside_free);
}

/**
 * yeji_record_new:
 * @uuid: (nullable): the record's uuid; %NULL makes one
 * @role: (nullable): a role's id, "" if it is not known yet
 *
 * Returns: (transfer full): a record with an empty project row
 */
YejiRecord *
yeji_record_new (YejiDictionary *dictionary,
                 const char     *uuid,
                 const char     *role)
{
  YejiRecord *self;
  GPtrArray *tables;

  g_return_val_if_fail (YEJI_IS_DICTIONARY (dictionary), NULL);

  self = g_object_new (YEJI_TYPE_RECORD, NULL);
  tables = yeji_dictionary_get_tables (dictionary);
  self->dictionary = g_object_ref (dictionary);
  self->uuid = uuid != NULL ? g_strdup (uuid) : g_uuid_string_random ();
  self->role = g_strdup (role != NULL ? role : "");
  self->rows = g_new (GPtrArray *, tables->len);
  for (guint i = 0; i < tables->len; i++)
    self->rows[i] = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->rows[0], yeji_row_new (yeji_dictionary_get_root (dictionary), "project"));
  return self;
}

static YejiRecord *
copy_rows (YejiRecord *self,
           const char *uuid,
           gboolean    same_ids)
{
  YejiRecord *copy = yeji_record_new (self->dictionary, uuid, self->role);
  GHashTableIter iter;
  gpointer name, value;

  g_ptr_array_set_size (copy->rows[0], 0);
  for (guint i = 0; i < yeji_dictionary_get_tables (self->dictionary)->len; i++)
    for (guint j = 0; j < self->rows[i]->len; j++)
      {
        YejiRow *row = g_ptr_array_index (self->rows[i], j);
        const char *id = same_ids || i == 0 ? yeji_row_get_id (row) : NULL;

        g_ptr_array_add (copy->rows[i], yeji_row_copy (row, id));
      }

  g_hash_table_iter_init (&iter, self->extras);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (copy->extras, g_strdup (name), g_strdup (value));
  yeji_record_copy_notes (self, copy);
  return copy;
}

/**
 * yeji_record_copy:
 *
 * Returns: (transfer full): the same record once more, ids included
 */
YejiRecord *
yeji_record_copy (YejiRecord *self)
{
  g_return_val_if_fail (YEJI_IS_RECORD (self), NULL);
  return copy_rows (self, self->uuid, TRUE);
}

/**
 * yeji_record_duplicate:
 *
 * Returns: (transfer full): another record with the same values and ids of its own
 */
YejiRecord *
yeji_record_duplicate (YejiRecord *self)
{
  g_return_val_if_fail (YEJI_IS_RECORD (self), NULL);
  return copy_rows (self, NULL, FALSE);
}

YejiDictionary *
yeji_record_get_dictionary (YejiRecord *self)
{
  return self->dictionary;
}

const char *
yeji_record_get_uuid (YejiRecord *self)
{
  return self->uuid;
}

/**
 * yeji_record_get_role:
 *
 * Returns: (not nullable): the role's id, "" if there is none yet
 */
const char *
yeji_record_get_role (YejiRecord *self)
{
  return self->role;
}

void
yeji_record_set_role (YejiRecord *self,
                      const char *role)
{
  g_return_if_fail (YEJI_IS_RECORD (self));
  g_return_if_fail (role != NULL);

  if (g_str_equal (self->role, role))
    return;
  g_free (self->role);
  self->role = g_strdup (role);
  g_signal_emit (self, signals[ROWS_CHANGED], 0, yeji_dictionary_get_root (self->dictionary));
}

/**
 * yeji_record_get_project:
 *
 * Returns: (transfer none): the one row of the root table
 */
YejiRow *
yeji_record_get_project (YejiRecord *self)
{
  return g_ptr_array_index (self->rows[0], 0);
}

guint
yeji_record_get_n_rows (YejiRecord         *self,
                        const YejiTableDef *table)
{
  return self->rows[table->index]->len;
}

/**
 * yeji_record_get_row:
 *
 * Returns: (transfer none): the row at @index, which must be there
 */
YejiRow *
yeji_record_get_row (YejiRecord         *self,
                     const YejiTableDef *table,
                     guint               index)
{
  g_assert (index < self->rows[table->index]->len);
  return g_ptr_array_index (self->rows[table->index], index);
}

/**
 * yeji_record_find_row:
 * @index: (out) (optional): the row's position
 *
 * Returns: (nullable) (transfer none): the row with that id
 */
YejiRow *
yeji_record_find_row (YejiRecord         *self,
                      const YejiTableDef *table,
                      const char         *row_id,
                      guint              *index)
{
  GPtrArray *rows = self->rows[table->index];

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (yeji_row_get_id (g_ptr_array_index (rows, i)), row_id))
      {
        if (index != NULL)
          *index = i;
        return g_ptr_array_index (rows, i);
      }
  return NULL;
}

/**
 * yeji_record_insert_row:
 * @index: a position; beyond the end means at the end
 * @row: (transfer none): a row that is in no record
 *
 * Inserts a row into its table, which is not the root.
 */
void
yeji_record_insert_row (YejiRecord *self,
                        guint       index,
                        YejiRow    *row)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  GPtrArray *rows = self->rows[table->index];

  g_return_if_fail (YEJI_IS_RECORD (self));
  g_return_if_fail (table->index != 0);

  g_ptr_array_insert (rows, (int) MIN (index, rows->len), g_object_ref (row));
  g_signal_emit (self, signals[ROWS_CHANGED], 0, table);
}

/**
 * yeji_record_append_row:
 *
 * Returns: (transfer none): a new empty row at the end of @table
 */
YejiRow *
yeji_record_append_row (YejiRecord         *self,
                        const YejiTableDef *table)
{
  g_autoptr (YejiRow) row = yeji_row_new (table, NULL);

  yeji_record_insert_row (self, G_MAXUINT, row);
  return row;
}

/**
 * yeji_record_remove_row:
 * @row: a row of the record, not the project
 */
void
yeji_record_remove_row (YejiRecord *self,
                        YejiRow    *row)
{
  const YejiTableDef *table = yeji_row_get_table (row);

  g_return_if_fail (YEJI_IS_RECORD (self));
  g_return_if_fail (table->index != 0);

  if (g_ptr_array_remove (self->rows[table->index], row))
    g_signal_emit (self, signals[ROWS_CHANGED], 0, table);
}

/**
 * yeji_record_set:
 * @row: a row of the record
 * @value: (nullable): the new text
 *
 * Sets a value and tells.
 *
 * Returns: whether the value was another before
 */
gboolean
yeji_record_set (YejiRecord         *self,
                 YejiRow            *row,
                 const YejiFieldDef *field,
                 const char         *value)
{
  g_return_val_if_fail (YEJI_IS_RECORD (self), FALSE);

  if (!yeji_row_set (row, field, value))
    return FALSE;
  g_signal_emit (self, signals[VALUE_CHANGED], 0, row, field);
  return TRUE;
}

/**
 * yeji_record_get_effective:
 *
 * Returns: (not nullable): what receivers see: the row's own text, or the project's where the field
 * inherits and is empty; "" for what receivers take as empty
 */
const char *
yeji_record_get_effective (YejiRecord         *self,
                           YejiRow            *row,
                           const YejiFieldDef *field)
{
  const char *value = yeji_row_get (row, field);

  if (yeji_dictionary_is_empty_value (self->dictionary, value)
      || (field->kind == YEJI_FIELD_DATE
          && g_str_equal (value, yeji_dictionary_get_missing_date (self->dictionary))))
    value = "";
  if (*value == '\0' && field->inherits != NULL)
    return yeji_record_get_effective (self, yeji_record_get_project (self), field->inherits);
  return value;
}

/**
 * yeji_record_notes_changed: (skip)
 */
void
yeji_record_notes_changed (YejiRecord *self)
{
  g_signal_emit (self, signals[NOTES_CHANGED], 0);
}

/**
 * yeji_record_get_extras:
 *
 * Returns: (transfer none): member name -> JSON text of what the dictionary lacks
 */
GHashTable *
yeji_record_get_extras (YejiRecord *self)
{
  return self->extras;
}

/**
 * yeji_record_get_pointer:
 * @table: (nullable): %NULL points at the whole record
 * @row: (nullable): %NULL points at the table
 * @field: (nullable): %NULL points at the row
 *
 * Returns: (transfer full): the JSON Pointer of a place
 */
char *
yeji_record_get_pointer (YejiRecord         *self,
                         const YejiTableDef *table,
                         YejiRow            *row,
                         const YejiFieldDef *field)
{
  guint index = 0;

  if (table == NULL)
    return g_strdup ("");
  if (table->index == 0)
    return field != NULL ? g_strdup_printf ("/%s/%s", table->member, field->id)
                         : g_strdup_printf ("/%s", table->member);
  if (row == NULL || !g_ptr_array_find (self->rows[table->index], row, &index))
    return g_strdup_printf ("/%s", table->member);
  return field != NULL ? g_strdup_printf ("/%s/%u/%s", table->member, index, field->id)
                       : g_strdup_printf ("/%s/%u", table->member, index);
}

static gboolean
refuse_pointer (const char  *pointer,
                GError     **error)
{
  g_set_error (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_POINTER,
               "“%s” names nothing in the record", pointer);
  return FALSE;
}

/**
 * yeji_record_resolve:
 * @pointer: a JSON Pointer, "/contracts/0/ContractMoney"; table, row and field ids hold no character
 *     that a pointer would have to escape
 * @place: (out caller-allocates): what it means
 *
 * Returns: %FALSE with %YEJI_RECORD_ERROR_POINTER if it names nothing
 */
gboolean
yeji_record_resolve (YejiRecord  *self,
                     const char  *pointer,
                     YejiPlace   *place,
                     GError     **error)
{
  g_auto (GStrv) parts = NULL;
  GPtrArray *rows;
  guint n_parts, next;
  guint64 index = 0;

  memset (place, 0, sizeof *place);
  if (*pointer == '\0')
    return TRUE;
  if (*pointer != '/')
    return refuse_pointer (pointer, error);

  parts = g_strsplit (pointer + 1, "/", 4);
  n_parts = g_strv_length (parts);
  if (n_parts == 0)   /* "/" names a member whose name is empty */
    return refuse_pointer (pointer, error);
  place->table = yeji_dictionary_find_member (self->dictionary, parts[0]);
  if (place->table == NULL)
    return refuse_pointer (pointer, error);
  rows = self->rows[place->table->index];
  next = place->table->index == 0 ? 1 : 2;

  if (next == 2 && n_parts > 1
      && (!g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXUINT, &index, NULL)
          || index >= rows->len))
    return refuse_pointer (pointer, error);
  if (next == 1 || n_parts > 1)
    place->row = g_ptr_array_index (rows, index);

  if (n_parts > next)
    {
      place->field = yeji_table_def_find_field (place->table, parts[next]);
      if (place->field == NULL || n_parts > next + 1)
        return refuse_pointer (pointer, error);
    }
  return TRUE;
}

/**
 * yeji_record_equal:
 *
 * Returns: whether both say the same: role, rows with their ids in the same order, values and notes
 */
gboolean
yeji_record_equal (YejiRecord *self,
                   YejiRecord *other)
{
  g_autofree char *mine = yeji_record_to_text (self);
  g_autofree char *theirs = yeji_record_to_text (other);

  return g_str_equal (mine, theirs);
}

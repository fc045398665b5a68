// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-row"

#include "config.h"

#include "yeji-row-private.h"

/**
 * YejiRow:
 *
 * The values of one row of a table, kept as they were typed. A value is never %NULL; the empty text
 * is empty. What the dictionary does not know is kept beside, in the extras.
 */
struct _YejiRow
{
  GObject parent_instance;

  const YejiTableDef *table;
  char *id;
  char **values;               /* by field index; NULL: empty */
  char *texts;                 /* (nullable): what holds the values that came together */
  gsize size;                  /* of @texts */
  GHashTable *extras;          /* (nullable) */
};

G_DEFINE_FINAL_TYPE (YejiRow, yeji_row, G_TYPE_OBJECT)

static void
free_value (YejiRow *self,
            guint    index)
{
  char *value = self->values[index];

  if (self->texts == NULL || value < self->texts || value >= self->texts + self->size)
    g_free (value);
}

static void
yeji_row_finalize (GObject *object)
{
  YejiRow *self = YEJI_ROW (object);

  for (guint i = 0; i < self->table->fields->len; i++)
    free_value (self, i);
  g_free (self->values);
  g_free (self->texts);
  g_free (self->id);
  g_clear_pointer (&self->extras, g_hash_table_unref);
  G_OBJECT_CLASS (yeji_row_parent_class)->finalize (object);
}

static void
yeji_row_class_init (YejiRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_row_finalize;
}

static void
yeji_row_init (YejiRow *self)
{
}

/**
 * yeji_row_new:
 * @table: (transfer none): its dictionary must outlive the row
 * @id: (nullable): the row's id, unique in its record; %NULL makes one
 *
 * Returns: (transfer full): an empty row
 */
YejiRow *
yeji_row_new (const YejiTableDef *table,
              const char         *id)
{
  YejiRow *self = g_object_new (YEJI_TYPE_ROW, NULL);

  self->table = table;
  self->id = id != NULL ? g_strdup (id) : g_uuid_string_random ();
  self->values = g_new0 (char *, table->fields->len);
  return self;
}

/**
 * yeji_row_copy:
 * @id: (nullable): the copy's id; %NULL makes one
 *
 * Returns: (transfer full): a row with the same values
 */
YejiRow *
yeji_row_copy (YejiRow    *self,
               const char *id)
{
  YejiRow *copy = yeji_row_new (self->table, id);
  GHashTableIter iter;
  gpointer name, value;

  for (guint i = 0; i < self->table->fields->len; i++)
    copy->values[i] = g_strdup (self->values[i]);
  if (self->extras != NULL)
    {
      g_hash_table_iter_init (&iter, self->extras);
      while (g_hash_table_iter_next (&iter, &name, &value))
        yeji_row_set_extra (copy, name, value);
    }
  return copy;
}

const YejiTableDef *
yeji_row_get_table (YejiRow *self)
{
  return self->table;
}

const char *
yeji_row_get_id (YejiRow *self)
{
  return self->id;
}

/**
 * yeji_row_get:
 * @field: a field of the row's table
 *
 * Returns: (not nullable): the text as typed
 */
const char *
yeji_row_get (YejiRow            *self,
              const YejiFieldDef *field)
{
  g_assert (field->table == self->table);
  return self->values[field->index] != NULL ? self->values[field->index] : "";
}

/**
 * yeji_row_get_by_id:
 * @field: a field's id
 *
 * Returns: (not nullable): the text as typed, "" if the table has no such field
 */
const char *
yeji_row_get_by_id (YejiRow    *self,
                    const char *field)
{
  const YejiFieldDef *def = yeji_table_def_find_field (self->table, field);

  return def != NULL ? yeji_row_get (self, def) : "";
}

/**
 * yeji_row_set:
 * @value: (nullable): the new text
 *
 * Sets a value of a row that is in no record; in a record, use yeji_record_set(), which tells.
 *
 * Returns: whether the value was another before
 */
gboolean
yeji_row_set (YejiRow            *self,
              const YejiFieldDef *field,
              const char         *value)
{
  g_return_val_if_fail (YEJI_IS_ROW (self), FALSE);
  g_assert (field->table == self->table);

  if (value == NULL)
    value = "";
  if (g_str_equal (yeji_row_get (self, field), value))
    return FALSE;
  free_value (self, field->index);
  self->values[field->index] = *value != '\0' ? g_strdup (value) : NULL;
  return TRUE;
}

/**
 * yeji_row_set_texts: (skip)
 * @texts: values, each with its NUL
 * @size: of @texts in bytes
 * @starts: by field index, where the value begins in @texts; 0 means that it is empty
 *
 * Sets all values of a row that has none yet. They share one block of memory instead of hundreds.
 */
void
yeji_row_set_texts (YejiRow     *self,
                    const char  *texts,
                    gsize        size,
                    const gsize *starts)
{
  g_assert (self->texts == NULL);

  self->texts = g_memdup2 (texts, size);
  self->size = size;
  for (guint i = 0; i < self->table->fields->len; i++)
    self->values[i] = starts[i] != 0 ? self->texts + starts[i] : NULL;
}

/**
 * yeji_row_get_extras:
 *
 * Returns: (nullable) (transfer none): member name -> JSON text of what the dictionary lacks
 */
GHashTable *
yeji_row_get_extras (YejiRow *self)
{
  return self->extras;
}

/**
 * yeji_row_set_extra:
 * @name: a member that the dictionary does not know
 * @value: its value as JSON text
 */
void
yeji_row_set_extra (YejiRow    *self,
                    const char *name,
                    const char *value)
{
  if (self->extras == NULL)
    self->extras = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_replace (self->extras, g_strdup (name), g_strdup (value));
}

/**
 * yeji_row_get_title:
 *
 * Returns: (not nullable): what names the row in a list, the first of the table's title fields that
 * is filled; "" if none is
 */
const char *
yeji_row_get_title (YejiRow *self)
{
  for (guint i = 0; i < self->table->row_title->len; i++)
    {
      const char *value = yeji_row_get (self, g_ptr_array_index (self->table->row_title, i));

      if (*value != '\0')
        return value;
    }
  return "";
}

/**
 * yeji_row_is_empty:
 *
 * Returns: whether nothing was typed into the row
 */
gboolean
yeji_row_is_empty (YejiRow *self)
{
  for (guint i = 0; i < self->table->fields->len; i++)
    if (self->values[i] != NULL)
      return FALSE;
  return self->extras == NULL;
}

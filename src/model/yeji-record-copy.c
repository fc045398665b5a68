// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A new record from an earlier one, without what is true of the earlier project alone. */

#define G_LOG_DOMAIN "yeji-record-copy"

#include "config.h"

#include "yeji-record-copy.h"

#include "yeji-json.h"
#include "yeji-json-reader.h"

static YejiEmptied *
new_emptied (const char *table,
             const char *row,
             const char *field)
{
  YejiEmptied *emptied = g_new0 (YejiEmptied, 1);

  emptied->table = g_strdup (table);
  emptied->row = g_strdup (row);
  emptied->field = g_strdup (field);
  return emptied;
}

static void
free_emptied (gpointer data)
{
  YejiEmptied *emptied = data;

  g_free (emptied->table);
  g_free (emptied->row);
  g_free (emptied->field);
  g_free (emptied);
}

static YejiCopyNote *
new_note (const char *source,
          const char *name)
{
  YejiCopyNote *note = g_new0 (YejiCopyNote, 1);

  note->source = g_strdup (source);
  note->name = g_strdup (name != NULL ? name : "");
  note->emptied = g_ptr_array_new_with_free_func (free_emptied);
  return note;
}

/**
 * yeji_copy_note_free:
 */
void
yeji_copy_note_free (YejiCopyNote *self)
{
  g_free (self->source);
  g_free (self->name);
  g_ptr_array_unref (self->emptied);
  g_free (self);
}

/* Whether the clerk is to fill in again what is not kept: not what the project says for it, nor
 * what approval gives. */
static gboolean
is_missed (const YejiFieldDef *field)
{
  return field->inherits == NULL && !field->assigned && !field->by_platform;
}

static void
copy_row (YejiRecord   *self,
          YejiRow      *row,
          YejiRecord   *copy,
          YejiCopyNote *note)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  YejiRow *target = table->index == 0 ? yeji_record_get_project (copy)
                                      : yeji_record_append_row (copy, table);

  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);

      if (field->copies)
        yeji_record_set (copy, target, field, yeji_row_get (row, field));
      else if (is_missed (field) && *yeji_record_get_effective (self, row, field) != '\0')
        g_ptr_array_add (note->emptied, new_emptied (table->id, yeji_row_get_id (target),
                                                     field->id));
    }
}

/**
 * yeji_record_copy_as_new:
 * @note: (out) (transfer full): what the copy has not got
 *
 * Makes a new record with the values of this one. What the dictionary says is not kept, is not:
 * numbers, days, amounts, people, whatever is true of that very project. Nor are reasons that were
 * kept, replies, values without a field, documents and the province's answers.
 *
 * Returns: (transfer full): a record with ids of its own
 */
YejiRecord *
yeji_record_copy_as_new (YejiRecord    *self,
                         YejiCopyNote **note)
{
  YejiDictionary *dictionary;
  GPtrArray *tables;
  YejiRecord *copy;

  g_return_val_if_fail (YEJI_IS_RECORD (self), NULL);
  g_return_val_if_fail (note != NULL, NULL);

  dictionary = yeji_record_get_dictionary (self);
  tables = yeji_dictionary_get_tables (dictionary);
  copy = yeji_record_new (dictionary, NULL, yeji_record_get_role (self));
  *note = new_note (yeji_record_get_uuid (self),
                    yeji_row_get_title (yeji_record_get_project (self)));
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      guint n = yeji_record_get_n_rows (self, table);

      if (!table->copies && table->index > 0)
        {
          if (n > 0)
            g_ptr_array_add ((*note)->emptied, new_emptied (table->id, "", ""));
          continue;
        }
      for (guint j = 0; j < n; j++)
        copy_row (self, yeji_record_get_row (self, table, j), copy, *note);
    }
  return copy;
}

/**
 * yeji_emptied_find:
 * @place: (out caller-allocates): its row and field are %NULL where a whole table is meant
 *
 * Returns: whether the place is still there
 */
gboolean
yeji_emptied_find (const YejiEmptied *self,
                   YejiRecord        *record,
                   YejiPlace         *place)
{
  place->table = yeji_dictionary_find_table (yeji_record_get_dictionary (record), self->table);
  place->row = NULL;
  place->field = NULL;
  if (place->table == NULL || *self->row == '\0')
    return place->table != NULL;
  place->row = yeji_record_find_row (record, place->table, self->row, NULL);
  place->field = yeji_table_def_find_field (place->table, self->field);
  return place->row != NULL && place->field != NULL;
}

/**
 * yeji_emptied_is_filled:
 *
 * Returns: whether nothing is left to do about it: there is a value, or there are rows, or the
 *   place is gone
 */
gboolean
yeji_emptied_is_filled (const YejiEmptied *self,
                        YejiRecord        *record)
{
  YejiPlace place;

  if (!yeji_emptied_find (self, record, &place))
    return TRUE;
  if (place.row == NULL)
    return yeji_record_get_n_rows (record, place.table) > 0;
  return *yeji_row_get (place.row, place.field) != '\0';
}

/**
 * yeji_copy_note_write:
 *
 * Returns: (transfer full): the note as JSON; it holds no value of the record but the name
 */
char *
yeji_copy_note_write (const YejiCopyNote *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->emptied->len; i++)
    {
      const YejiEmptied *emptied = g_ptr_array_index (self->emptied, i);
      JsonArray *place = json_array_new ();

      json_array_add_string_element (place, emptied->table);
      json_array_add_string_element (place, emptied->row);
      json_array_add_string_element (place, emptied->field);
      json_array_add_array_element (array, place);
    }
  json_object_set_string_member (object, "source", self->source);
  json_object_set_string_member (object, "name", self->name);
  json_object_set_array_member (object, "emptied", array);
  json_node_take_object (node, object);
  return yeji_json_print (node, FALSE);
}

static const char *
get_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/**
 * yeji_copy_note_read:
 * @text: what yeji_copy_note_write() wrote
 *
 * Returns: (transfer full) (nullable): the note; %NULL if @text is none
 */
YejiCopyNote *
yeji_copy_note_read (const char *text)
{
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                     : NULL;
  const char *source = object != NULL ? get_text (json_object_get_member (object, "source")) : NULL;
  JsonNode *list = object != NULL ? json_object_get_member (object, "emptied") : NULL;
  JsonArray *array;
  YejiCopyNote *note;

  if (source == NULL || list == NULL || !JSON_NODE_HOLDS_ARRAY (list))
    return NULL;
  note = new_note (source, get_text (json_object_get_member (object, "name")));
  array = json_node_get_array (list);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      JsonArray *place = JSON_NODE_HOLDS_ARRAY (item) ? json_node_get_array (item) : NULL;
      const char *parts[3] = { NULL };

      for (guint j = 0; place != NULL && json_array_get_length (place) == 3 && j < 3; j++)
        parts[j] = get_text (json_array_get_element (place, j));
      if (parts[0] != NULL && parts[1] != NULL && parts[2] != NULL)
        g_ptr_array_add (note->emptied, new_emptied (parts[0], parts[1], parts[2]));
    }
  return note;
}

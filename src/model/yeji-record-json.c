// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record"

#include "config.h"

#include "yeji-json.h"
#include "yeji-record.h"

/* A row's id beside its values; the standard has no field of this name. */
#define ROW_ID "id"

static void
add_extras (JsonObject *object,
            GHashTable *extras)
{
  g_autoptr (GList) names = extras != NULL ? g_hash_table_get_keys (extras) : NULL;

  names = g_list_sort (names, (GCompareFunc) g_strcmp0);
  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonNode *node = json_from_string (g_hash_table_lookup (extras, name->data), NULL);

      if (node != NULL)
        json_object_set_member (object, name->data, node);
    }
}

static JsonNode *
row_to_json (YejiRow *row)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  if (table->index != 0)
    json_object_set_string_member (object, ROW_ID, yeji_row_get_id (row));
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const char *value = yeji_row_get (row, field);

      if (*value != '\0')
        json_object_set_string_member (object, field->id, value);
    }
  add_extras (object, yeji_row_get_extras (row));
  json_node_take_object (node, object);
  return node;
}

/**
 * yeji_record_to_json:
 *
 * Returns: (transfer full): the record file's object. Empty values and tables are left out; the
 * members come in the dictionary's order, so that equal records give equal texts.
 */
JsonNode *
yeji_record_to_json (YejiRecord *self)
{
  YejiDictionary *dictionary = yeji_record_get_dictionary (self);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "uuid", yeji_record_get_uuid (self));
  json_object_set_string_member (object, "dictionary", yeji_dictionary_get_version (dictionary));
  json_object_set_string_member (object, "role", yeji_record_get_role (self));
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      guint n_rows = yeji_record_get_n_rows (self, table);
      JsonArray *array;

      if (i == 0)
        {
          json_object_set_member (object, table->member,
                                  row_to_json (yeji_record_get_project (self)));
          continue;
        }
      if (n_rows == 0)
        continue;
      array = json_array_sized_new (n_rows);
      for (guint j = 0; j < n_rows; j++)
        json_array_add_element (array, row_to_json (yeji_record_get_row (self, table, j)));
      json_object_set_array_member (object, table->member, array);
    }
  add_extras (object, yeji_record_get_extras (self));
  json_node_take_object (node, object);
  return node;
}

/**
 * yeji_record_to_text:
 *
 * Returns: (transfer full): yeji_record_to_json() printed on one line
 */
char *
yeji_record_to_text (YejiRecord *self)
{
  g_autoptr (JsonNode) node = yeji_record_to_json (self);

  return yeji_json_print (node, FALSE);
}

static gboolean
refuse (GError     **error,
        const char  *place,
        const char  *reason)
{
  g_set_error (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_SHAPE, "%s: %s", place, reason);
  return FALSE;
}

/* The shortest text that reads back as the same number: 2928.28, not 2928.2800000000002. */
static char *
number_to_text (double number)
{
  static const char * const formats[] = { "%.15g", "%.16g", "%.17g" };
  char text[G_ASCII_DTOSTR_BUF_SIZE] = "";

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, sizeof text, formats[i], number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  return g_strdup (text);
}

/* Values are strings; a number or a truth value that another program wrote is taken as its text. */
static char *
read_value (JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "1" : "0");
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    return number_to_text (json_node_get_double (node));
  return yeji_json_print (node, FALSE);
}

static gboolean
read_row (YejiRow     *row,
          JsonObject  *object,
          const char  *place,
          GError     **error)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const YejiFieldDef *field = yeji_table_def_match_field (table, name);
      g_autofree char *value = NULL;
      g_autofree char *where = g_strdup_printf ("%s/%s", place, name);

      if (table->index != 0 && g_str_equal (name, ROW_ID))
        continue;
      if (field == NULL)
        {
          g_autofree char *text = yeji_json_print (node, FALSE);

          yeji_row_set_extra (row, name, text);
          continue;
        }
      value = read_value (node);
      if (value == NULL)
        return refuse (error, where, "a value must be a string");
      if (*yeji_row_get (row, field) != '\0' && *value != '\0')
        return refuse (error, where, "the same field occurs twice under two names");
      if (*value != '\0')
        yeji_row_set (row, field, value);
    }
  return TRUE;
}

static gboolean
read_rows (YejiRecord          *self,
           const YejiTableDef  *table,
           JsonNode            *node,
           GError             **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autofree char *place = g_strdup_printf ("/%s", table->member);

  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (array == NULL)
    return refuse (error, place, "a table must be an array of objects");
  if (json_array_get_length (array)
      > yeji_dictionary_get_limits (yeji_record_get_dictionary (self))->rows)
    return refuse (error, place, "more rows than a table may have");

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (array, i));
      g_autofree char *row_place = g_strdup_printf ("%s/%u", place, i);
      g_autoptr (YejiRow) row = NULL;
      const char *id;

      if (object == NULL)
        return refuse (error, row_place, "a row must be an object");
      id = yeji_json_get_string (object, ROW_ID);
      if (id != NULL && (*id == '\0' || yeji_record_find_row (self, table, id, NULL) != NULL))
        return refuse (error, row_place, "a row's id is empty or occurs twice");
      row = yeji_row_new (table, id);
      if (!read_row (row, object, row_place, error))
        return FALSE;
      yeji_record_insert_row (self, G_MAXUINT, row);
    }
  return TRUE;
}

static gboolean
read_member (YejiRecord  *self,
             const char  *name,
             JsonNode    *node,
             GError     **error)
{
  const YejiTableDef *table = yeji_dictionary_find_member (yeji_record_get_dictionary (self), name);
  g_autofree char *place = g_strdup_printf ("/%s", name);

  if (table == NULL)
    {
      g_hash_table_replace (yeji_record_get_extras (self),
                            g_strdup (name), yeji_json_print (node, FALSE));
      return TRUE;
    }
  if (table->index != 0)
    return read_rows (self, table, node, error);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, place, "the project must be an object");
  return read_row (yeji_record_get_project (self), json_node_get_object (node), place, error);
}

/**
 * yeji_record_new_from_json:
 * @node: a record file's object
 *
 * Reads a record. What the dictionary does not know is kept and reported by the validator; only
 * what has not the shape of a record is refused.
 *
 * Returns: (transfer full): the record, or %NULL with %YEJI_RECORD_ERROR_SHAPE and the place
 */
YejiRecord *
yeji_record_new_from_json (YejiDictionary  *dictionary,
                           JsonNode        *node,
                           GError         **error)
{
  g_autoptr (YejiRecord) self = NULL;
  JsonObject *object = yeji_json_node_object (node);
  g_autofree char *folded = NULL;
  const char *uuid, *name;
  JsonObjectIter iter;
  JsonNode *member;

  if (object == NULL)
    {
      refuse (error, "/", "a record must be an object");
      return NULL;
    }
  uuid = yeji_json_get_string (object, "uuid");
  if (json_object_has_member (object, "uuid") && (uuid == NULL || !g_uuid_string_is_valid (uuid)))
    {
      refuse (error, "/uuid", "not a UUID");
      return NULL;
    }

  /* RFC 4122: the case says nothing; one record must not become two. */
  folded = uuid != NULL ? g_ascii_strdown (uuid, -1) : NULL;
  self = yeji_record_new (dictionary, folded, yeji_json_get_string (object, "role"));
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (g_str_equal (name, "uuid") || g_str_equal (name, "role")
          || g_str_equal (name, "dictionary"))
        continue;
      if (!read_member (self, name, member, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * yeji_record_new_from_text:
 * @text: JSON
 * @length: in bytes, or -1
 *
 * Returns: (transfer full): the record, or %NULL with an error of #YejiRecordError
 */
YejiRecord *
yeji_record_new_from_text (YejiDictionary  *dictionary,
                           const char      *text,
                           gssize           length,
                           GError         **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (JsonNode) node = yeji_json_parse (text, length, &reason);

  if (node == NULL)
    {
      g_set_error_literal (error, YEJI_RECORD_ERROR, YEJI_RECORD_ERROR_SYNTAX, reason->message);
      return NULL;
    }
  return yeji_record_new_from_json (dictionary, node, error);
}

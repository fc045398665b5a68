// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-record"

#include "config.h"

#include "yeji-explanation.h"
#include "yeji-json.h"
#include "yeji-record-private.h"

/* What a full record takes; a longer text grows. */
#define TEXT_SIZE (16 * 1024)

static void
add_extras (JsonObject *object,
            GHashTable *extras)
{
  g_autoptr (GList) names = extras != NULL ? g_hash_table_get_keys (extras) : NULL;

  names = g_list_sort (names, (GCompareFunc) g_strcmp0);
  for (GList *name = names; name != NULL; name = name->next)
    {
      JsonNode *node = yeji_json_parse (g_hash_table_lookup (extras, name->data), -1, NULL);

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
    json_object_set_string_member (object, YEJI_RECORD_ROW_ID, yeji_row_get_id (row));
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

static void
add_kept (JsonObject *object,
          YejiRecord *self)
{
  GPtrArray *all = yeji_record_get_kept (self);
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      const YejiKept *kept = g_ptr_array_index (all, i);
      g_autofree char *pointer = NULL;
      JsonObject *entry;
      YejiPlace place;

      if (yeji_kept_is_reply (kept) || !yeji_record_place_kept (self, kept, &place))
        continue;
      pointer = yeji_record_get_pointer (self, place.table, place.row, place.field);
      entry = json_object_new ();
      json_object_set_string_member (entry, "rule", kept->rule);
      json_object_set_string_member (entry, "pointer", pointer);
      json_object_set_string_member (entry, "value", kept->value);
      json_object_set_string_member (entry, "other", kept->other);
      json_object_set_string_member (entry, "reason", kept->reason);
      json_array_add_object_element (array, entry);
    }
  if (json_array_get_length (array) > 0)
    json_object_set_array_member (object, YEJI_RECORD_KEPT, g_steal_pointer (&array));
}

static void
add_replies (JsonObject *object,
             YejiRecord *self)
{
  g_autoptr (GPtrArray) replies = yeji_record_get_replies (self);
  JsonArray *array;

  if (replies->len == 0)
    return;
  array = json_array_sized_new (replies->len);
  for (guint i = 0; i < replies->len; i++)
    {
      const YejiKept *reply = g_ptr_array_index (replies, i);
      g_autofree char *pointer = yeji_explanation_get_pointer (reply, self);
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "pointer", pointer);
      json_object_set_string_member (entry, "text", reply->reason);
      json_object_set_string_member (entry, "who", reply->value);
      json_object_set_string_member (entry, "at", reply->other);
      json_array_add_object_element (array, entry);
    }
  json_object_set_array_member (object, YEJI_RECORD_REPLIES, array);
}

static void
add_aside (JsonObject *object,
           YejiRecord *self)
{
  GPtrArray *all = yeji_record_get_aside (self);
  JsonArray *array;

  if (all->len == 0)
    return;
  array = json_array_sized_new (all->len);
  for (guint i = 0; i < all->len; i++)
    {
      const YejiAside *aside = g_ptr_array_index (all, i);
      JsonObject *entry = json_object_new ();

      json_object_set_string_member (entry, "version", aside->version);
      json_object_set_string_member (entry, "table", aside->table);
      json_object_set_string_member (entry, "row", aside->row);
      json_object_set_string_member (entry, "field", aside->field);
      json_object_set_string_member (entry, "label", aside->label);
      json_object_set_string_member (entry, "value", aside->value);
      json_array_add_object_element (array, entry);
    }
  json_object_set_array_member (object, YEJI_RECORD_ASIDE, array);
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
  add_kept (object, self);
  add_replies (object, self);
  add_aside (object, self);
  add_extras (object, yeji_record_get_extras (self));
  json_node_take_object (node, object);
  return node;
}

static gboolean
has_any (GHashTable *extras)
{
  return extras != NULL && g_hash_table_size (extras) > 0;
}

/* Whether a record has nothing but values of known fields. */
static gboolean
is_simple (YejiRecord *self)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (self));

  if (yeji_record_get_kept (self)->len > 0 || yeji_record_get_aside (self)->len > 0
      || has_any (yeji_record_get_extras (self)))
    return FALSE;
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (self, table); j++)
        if (has_any (yeji_row_get_extras (yeji_record_get_row (self, table, j))))
          return FALSE;
    }
  return TRUE;
}

static void
print_member (GString    *text,
              const char *name,
              const char *value)
{
  yeji_json_print_string (text, name);
  g_string_append_c (text, ':');
  yeji_json_print_string (text, value);
}

static void
print_row (GString *text,
           YejiRow *row)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  gsize begin = text->len + 1;

  g_string_append_c (text, '{');
  if (table->index != 0)
    print_member (text, YEJI_RECORD_ROW_ID, yeji_row_get_id (row));
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const char *value = yeji_row_get (row, field);

      if (*value == '\0')
        continue;
      if (text->len > begin)
        g_string_append_c (text, ',');
      print_member (text, field->id, value);
    }
  g_string_append_c (text, '}');
}

static void
print_table (GString            *text,
             YejiRecord         *self,
             const YejiTableDef *table)
{
  guint n_rows = yeji_record_get_n_rows (self, table);

  if (table->index != 0 && n_rows == 0)
    return;
  g_string_append_c (text, ',');
  yeji_json_print_string (text, table->member);
  g_string_append_c (text, ':');
  if (table->index == 0)
    {
      print_row (text, yeji_record_get_project (self));
      return;
    }
  for (guint i = 0; i < n_rows; i++)
    {
      g_string_append_c (text, i == 0 ? '[' : ',');
      print_row (text, yeji_record_get_row (self, table, i));
    }
  g_string_append_c (text, ']');
}

/**
 * yeji_record_to_text:
 *
 * Returns: (transfer full): yeji_record_to_json() printed on one line; what nearly all records have
 *   needs no tree of nodes for that, which takes three times as long
 */
char *
yeji_record_to_text (YejiRecord *self)
{
  YejiDictionary *dictionary = yeji_record_get_dictionary (self);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  GString *text;

  if (!is_simple (self))
    {
      g_autoptr (JsonNode) node = yeji_record_to_json (self);

      return yeji_json_print (node, FALSE);
    }
  text = g_string_sized_new (TEXT_SIZE);
  g_string_append_c (text, '{');
  print_member (text, "uuid", yeji_record_get_uuid (self));
  g_string_append_c (text, ',');
  print_member (text, "dictionary", yeji_dictionary_get_version (dictionary));
  g_string_append_c (text, ',');
  print_member (text, "role", yeji_record_get_role (self));
  for (guint i = 0; i < tables->len; i++)
    print_table (text, self, g_ptr_array_index (tables, i));
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

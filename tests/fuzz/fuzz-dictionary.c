// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The input is a bundle, if it begins with a brace or a blank. Otherwise it is a series of edits of
 * base.json, so that what is behind the JSON is reached: for each a byte that says what to do and
 * whether the text is a string, two that say where, one for the length of a text, and the text. */

#define G_LOG_DOMAIN "fuzz-dictionary"

#include "config.h"

#include "fuzz.h"
#include "yeji-dictionary-markdown.h"
#include "yeji-dictionary-schema.h"
#include "yeji-json.h"
#include "yeji-normaliser.h"

#include <string.h>

#define MAX_EDITS 8

enum
{
  REPLACE,
  REPLACE_BY_STRING,
  REMOVE,
  COPY,                        /* what is elsewhere comes here */
  ADD,                         /* at the end of what is nearest; a text "name=value" for a member */
  N_EDITS
};

static char *base;

/* All values below a node, each with what it is in. */
typedef struct
{
  JsonNode *parent;
  char *name;                  /* (nullable): of the member */
  guint index;                 /* of the element */
  JsonNode *node;
} Spot;

static void
clear_spot (gpointer data)
{
  g_free (((Spot *) data)->name);
}

static void
gather (GArray   *spots,
        JsonNode *node)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *child;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &child))
        {
          Spot spot = { node, g_strdup (name), 0, child };

          g_array_append_val (spots, spot);
          gather (spots, child);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      {
        Spot spot = { node, NULL, i, json_array_get_element (json_node_get_array (node), i) };

        g_array_append_val (spots, spot);
        gather (spots, spot.node);
      }
}

/* (transfer full): what the text says, or the text itself */
static JsonNode *
read_value (const char *text,
            gboolean    string)
{
  JsonNode *node = string ? NULL : yeji_json_parse (text, -1, NULL);

  return node != NULL ? node : json_node_init_string (json_node_alloc (), text);
}

/* A copy that shares nothing, as json_node_copy() does: a node within itself would have no end. */
static JsonNode *
copy_node (JsonNode *node)
{
  g_autofree char *text = yeji_json_print (node, FALSE);

  return read_value (text, FALSE);
}

/* @value: (transfer full) */
static void
set_spot (const Spot *spot,
          JsonNode   *value)
{
  GPtrArray *rest;
  JsonArray *array;

  if (spot->name != NULL)
    {
      json_object_set_member (json_node_get_object (spot->parent), spot->name, value);
      return;
    }
  array = json_node_get_array (spot->parent);
  rest = g_ptr_array_new ();
  for (guint i = spot->index + 1; i < json_array_get_length (array); i++)
    g_ptr_array_add (rest, json_node_copy (json_array_get_element (array, i)));
  while (json_array_get_length (array) > spot->index)
    json_array_remove_element (array, json_array_get_length (array) - 1);
  json_array_add_element (array, value);
  for (guint i = 0; i < rest->len; i++)
    json_array_add_element (array, g_ptr_array_index (rest, i));
  g_ptr_array_unref (rest);
}

static void
remove_spot (const Spot *spot)
{
  if (spot->name != NULL)
    json_object_remove_member (json_node_get_object (spot->parent), spot->name);
  else
    json_array_remove_element (json_node_get_array (spot->parent), spot->index);
}

static void
add_to_spot (const Spot *spot,
             const char *text)
{
  JsonNode *into = JSON_NODE_HOLDS_VALUE (spot->node) || JSON_NODE_HOLDS_NULL (spot->node)
                   ? spot->parent : spot->node;
  const char *value = strchr (text, '=');
  g_autofree char *name = NULL;

  if (JSON_NODE_HOLDS_ARRAY (into))
    json_array_add_element (json_node_get_array (into), read_value (text, FALSE));
  else if (value != NULL)
    {
      name = g_strndup (text, (gsize) (value - text));
      json_object_set_member (json_node_get_object (into), name, read_value (value + 1, FALSE));
    }
}

static void
edit (FuzzBytes *bytes,
      JsonNode  *root)
{
  g_autoptr (GArray) spots = g_array_new (FALSE, FALSE, sizeof (Spot));
  guint how = fuzz_take (bytes, N_EDITS);
  guint at = fuzz_take (bytes, 65536);
  g_autofree char *text = NULL;
  const Spot *spot, *from;

  g_array_set_clear_func (spots, clear_spot);
  gather (spots, root);
  if (spots->len == 0)
    return;
  spot = &g_array_index (spots, Spot, at % spots->len);
  if (how == COPY)
    {
      from = &g_array_index (spots, Spot, fuzz_take (bytes, 65536) % spots->len);
      set_spot (spot, copy_node (from->node));
      return;
    }
  if (how == REMOVE)
    {
      remove_spot (spot);
      return;
    }
  text = fuzz_take_text (bytes, fuzz_take (bytes, 256));
  if (how == ADD)
    add_to_spot (spot, text);
  else
    set_spot (spot, read_value (text, how == REPLACE_BY_STRING));
}

static GBytes *
make_bundle (const guint8 *data,
             gsize         size)
{
  FuzzBytes bytes = { data, size };
  g_autoptr (JsonNode) root = NULL;
  char *text;

  if (size > 0 && strchr ("{ \n\r\t\xef", *data) != NULL)
    return g_bytes_new (data, size);
  root = yeji_json_parse (base, -1, NULL);
  for (guint i = 0; i < MAX_EDITS && bytes.size > 0; i++)
    edit (&bytes, root);
  text = yeji_json_print (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

/* Something for a field that may be wrong, or just right. */
static const char *
choose_value (const YejiFieldDef *field,
              guint               at)
{
  switch (field->kind)
    {
    case YEJI_FIELD_NUMBER:
      return at % 3 == 0 ? "12.50" : at % 3 == 1 ? "-1" : "x";
    case YEJI_FIELD_DATE:
      return at % 2 == 0 ? "2016-03-30" : "2999-01-01";
    case YEJI_FIELD_CODE:
      return field->codes->items->len > 0
             ? ((const YejiCode *) g_ptr_array_index (field->codes->items,
                                                      at % field->codes->items->len))->code : "1";
    case YEJI_FIELD_TEXT:
    case YEJI_FIELD_LONG_TEXT:
    case YEJI_FIELD_LINK:
    case N_YEJI_FIELD_KINDS:
    default:
      return at % 4 == 0 ? "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" : at % 4 == 1 ? "无"
             : at % 4 == 2 ? "示例" : "2201041603300001";
    }
}

static void
fill_row (YejiRecord *record,
          YejiRow    *row,
          guint       at)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    yeji_record_set (record, row, g_ptr_array_index (fields, i),
                     choose_value (g_ptr_array_index (fields, i), at + i));
}

static void
check_record (YejiDictionary *dictionary)
{
  g_autoptr (YejiValidator) validator = yeji_validator_new (dictionary, YEJI_LANGUAGE_EN);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  GPtrArray *roles = yeji_dictionary_get_roles (dictionary);
  const YejiRole *role = roles->len > 0 ? g_ptr_array_index (roles, 0) : NULL;
  g_autoptr (YejiRecord) record = yeji_record_new (dictionary, NULL,
                                                   role != NULL ? role->id : "none");
  g_autoptr (YejiLiveCheck) live = yeji_live_check_new (validator, record);
  static const char * const slots[] = { "contract", NULL };

  g_ptr_array_unref (fuzz_check_record (validator, live, record, NULL));
  fill_row (record, yeji_record_get_project (record), 0);
  for (guint i = 1; i < tables->len; i++)
    for (guint j = 0; j < 2; j++)
      fill_row (record, yeji_record_append_row (record, g_ptr_array_index (tables, i)), i + j);
  g_ptr_array_unref (fuzz_check_record (validator, live, record, slots));
  fill_row (record, yeji_record_get_project (record), 1);
  g_ptr_array_unref (fuzz_check_record (validator, live, record, slots));
}

static void
offer (YejiDictionary *dictionary)
{
  static const char * const texts[] = { "示例", "1,250万元", "2016年3月30日", "无", "O1(2)" };
  g_autoptr (YejiNormaliser) normaliser = yeji_normaliser_new (dictionary);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len; j++)
        g_ptr_array_unref (yeji_normaliser_offer (normaliser, g_ptr_array_index (table->fields, j),
                                                  texts[(i + j) % G_N_ELEMENTS (texts)]));
    }
}

static void
use (YejiDictionary *dictionary,
     gboolean        twice)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) again = NULL;
  g_autoptr (JsonNode) schema = NULL;
  g_autofree char *json = yeji_dictionary_to_json_schema (dictionary);
  g_autofree char *markdown = yeji_dictionary_to_markdown (dictionary);

  check_record (dictionary);
  offer (dictionary);
  schema = yeji_json_parse (json, -1, &error);
  if (schema == NULL)
    g_error ("the schema: %s", error->message);
  g_assert (*markdown != '\0');
  if (!twice)
    return;
  again = yeji_dictionary_new_from_bundle (yeji_dictionary_get_bundle (dictionary), &error);
  if (again == NULL)
    g_error ("the bundle of a dictionary: %s", error->message);
  g_assert (g_bytes_equal (yeji_dictionary_get_bundle (dictionary),
                           yeji_dictionary_get_bundle (again)));
}

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  g_autoptr (GBytes) bundle = NULL;
  g_autoptr (YejiDictionary) dictionary = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  fuzz_begin ();
  if (!g_file_get_contents (FUZZ_BASE, &base, &length, &error))
    g_error ("%s", error->message);
  bundle = g_bytes_new (base, length);
  dictionary = yeji_dictionary_new_from_bundle (bundle, &error);
  if (dictionary == NULL)
    g_error ("%s: %s", FUZZ_BASE, error->message);
  use (dictionary, TRUE);
  return 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (GBytes) bundle = make_bundle (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiDictionary) dictionary = yeji_dictionary_new_from_bundle (bundle, &error);

  if (dictionary != NULL)
    use (dictionary, size % 4 == 0);
  else
    {
      fuzz_check_error (error);
      g_assert (error->domain == YEJI_DICTIONARY_ERROR);
    }
  return 0;
}

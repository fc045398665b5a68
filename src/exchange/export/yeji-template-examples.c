// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What is shown in a template as an example: the values of records that were invented for it. */

#define G_LOG_DOMAIN "yeji-exchange"

#include "config.h"

#include "yeji-template-private.h"

#include <json-glib/json-glib.h>

#include "yeji-examples-data.h"
#include "yeji-json.h"

#define FOLDER "/org/yeji/Yeji/examples"

/* The linker would drop a constructor of a static library. */
static void
register_once (void)
{
  static gsize registered = 0;

  if (!g_once_init_enter (&registered))
    return;
  yeji_examples_register_resource ();
  g_once_init_leave (&registered, 1);
}

static JsonNode *
load (const char  *name,
      GError     **error)
{
  g_autofree char *path = g_strconcat (FOLDER "/", name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (JsonParser) parser = json_parser_new ();
  gconstpointer text;
  gsize length;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  return json_parser_load_from_data (parser, text, (gssize) length, error)
         ? json_parser_steal_root (parser) : NULL;
}

/**
 * yeji_template_load_examples:
 *
 * Returns: (transfer full) (element-type JsonNode): invented records
 */
GPtrArray *
yeji_template_load_examples (GError **error)
{
  g_autoptr (GPtrArray) examples = NULL;
  g_auto (GStrv) names = NULL;

  register_once ();
  examples = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  names = g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      JsonNode *node = load (names[i], error);

      if (node == NULL)
        return NULL;
      g_ptr_array_add (examples, node);
    }
  return names != NULL ? g_steal_pointer (&examples) : NULL;
}

static const char *
get_value (JsonNode           *row,
           const YejiFieldDef *field)
{
  JsonNode *value = JSON_NODE_HOLDS_OBJECT (row)
                    ? json_object_get_member (json_node_get_object (row), field->id) : NULL;
  const char *text = value != NULL && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value)
                                                                    : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

static const char *
find_in (JsonNode           *record,
         const YejiFieldDef *field)
{
  JsonNode *rows = json_object_get_member (json_node_get_object (record), field->table->member);
  const char *value = NULL;

  if (rows == NULL || !JSON_NODE_HOLDS_ARRAY (rows))
    return rows != NULL ? get_value (rows, field) : NULL;
  for (guint i = 0; value == NULL && i < json_array_get_length (json_node_get_array (rows)); i++)
    value = get_value (json_array_get_element (json_node_get_array (rows), i), field);
  return value;
}

static gboolean
is_of_role (YejiTemplate *self,
            JsonNode     *record)
{
  const char *role = json_object_get_string_member_with_default (json_node_get_object (record),
                                                                 "role", "");

  return self->role != NULL && g_str_equal (self->role->id, role);
}

/* Of a field that no record was invented with. */
static const char *
make_up (const YejiFieldDef *field)
{
  if (field->kind == YEJI_FIELD_DATE)
    return "2016-03-30";
  if (field->codes != NULL && field->codes->items->len > 0)
    return ((const YejiCode *) g_ptr_array_index (field->codes->items, 0))->code;
  return NULL;
}

/**
 * yeji_template_find_example:
 *
 * Returns: (transfer none) (nullable): what could stand in the field, of a record of the role where
 *   there is one
 */
const char *
yeji_template_find_example (YejiTemplate       *self,
                            const YejiFieldDef *field)
{
  const char *value = NULL;

  for (guint i = 0; value == NULL && i < self->examples->len; i++)
    if (is_of_role (self, g_ptr_array_index (self->examples, i)))
      value = find_in (g_ptr_array_index (self->examples, i), field);
  for (guint i = 0; value == NULL && i < self->examples->len; i++)
    value = find_in (g_ptr_array_index (self->examples, i), field);
  if (value == NULL)
    value = make_up (field);
  return value != NULL ? yeji_sheet_codes_show (self->codes, field, value) : NULL;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* docs/dictionary-format.md, “The exported schema”, says what is expressed here and what is not. */

#define G_LOG_DOMAIN "yeji-dictionary-schema"

#include "config.h"

#include "yeji-dictionary-schema.h"

#include "yeji-json.h"
#include "yeji-record.h"
#include "yeji-schema-field.h"
#include "yeji-schema-pattern.h"

static const char uuid_pattern[] =
  "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$";

static const char id_pattern[] = "^[A-Za-z][A-Za-z0-9_.-]*$";

static const char not_expressed[] =
  "Structure and code lists alone. Not expressed: conditional mandatory fields, values and rows "
  "against each other, links, check digits, dates after today, the tables and documents that a "
  "role needs, that row ids differ, warnings and hints.";

static JsonObject *
make_row (YejiDictionary     *dictionary,
          const YejiTableDef *table)
{
  JsonObject *object = yeji_schema_new_typed ("object");
  JsonObject *properties = json_object_new ();
  JsonArray *required = json_array_new ();

  yeji_schema_set_text (object, "title", &table->label);
  if (table->index != 0)
    {
      JsonObject *id = yeji_schema_new_typed ("string");

      json_object_set_int_member (id, "minLength", 1);
      json_object_set_object_member (properties, "id", id);
    }
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);

      json_object_set_object_member (properties, field->id,
                                     yeji_schema_new_field (dictionary, field));
      if (yeji_schema_is_mandatory (dictionary, field))
        json_array_add_string_element (required, field->id);
    }
  json_object_set_object_member (object, "properties", properties);
  json_object_set_array_member (object, "required", required);
  json_object_set_boolean_member (object, "additionalProperties",
                                  !yeji_schema_is_ruled (dictionary, YEJI_RULE_UNKNOWN, NULL));
  return object;
}

static JsonObject *
make_table (YejiDictionary     *dictionary,
            const YejiTableDef *table)
{
  g_autofree char *name = g_strdup_printf (YEJI_SCHEMA_TABLE "%s", table->id);
  JsonObject *object;

  if (table->index == 0)
    return yeji_schema_new_reference (name);
  object = yeji_schema_new_typed ("array");
  json_object_set_object_member (object, "items", yeji_schema_new_reference (name));
  json_object_set_int_member (object, "maxItems",
                              yeji_schema_is_ruled (dictionary, YEJI_RULE_ROWS, NULL)
                                ? yeji_dictionary_get_limits (dictionary)->rows
                                : YEJI_RECORD_MAX_ROWS);
  return object;
}

/* Objects of exactly these strings; one whose name begins with an asterisk must not be empty, with
 * a sharp it is an id. */
static JsonObject *
make_notes (const char * const *names)
{
  JsonObject *array = yeji_schema_new_typed ("array");
  JsonObject *object = yeji_schema_new_typed ("object");
  JsonObject *properties = json_object_new ();
  JsonArray *required = json_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *name = names[i] + (g_ascii_isalpha (*names[i]) ? 0 : 1);
      JsonObject *text = yeji_schema_new_typed ("string");

      if (*names[i] == '*')
        json_object_set_int_member (text, "minLength", 1);
      else if (*names[i] == '#')
        json_object_set_string_member (text, "pattern", id_pattern);
      json_object_set_object_member (properties, name, text);
      json_array_add_string_element (required, name);
    }
  json_object_set_object_member (object, "properties", properties);
  json_object_set_array_member (object, "required", required);
  json_object_set_boolean_member (object, "additionalProperties", FALSE);
  json_object_set_object_member (array, "items", object);
  return array;
}

static JsonObject *
make_role (YejiDictionary *dictionary)
{
  JsonObject *object = yeji_schema_new_typed ("string");
  GPtrArray *roles = yeji_dictionary_get_roles (dictionary);
  JsonArray *ids = json_array_new ();
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < roles->len; i++)
    {
      const YejiRole *role = g_ptr_array_index (roles, i);

      json_array_add_string_element (ids, role->id);
      g_string_append_printf (names, "%s%s %s / %s", i > 0 ? "; " : "", role->id,
                              role->label.in[YEJI_LANGUAGE_ZH], role->label.in[YEJI_LANGUAGE_EN]);
    }
  json_object_set_string_member (object, "description", names->str);
  if (yeji_schema_is_ruled (dictionary, YEJI_RULE_ROLE, NULL))
    json_object_set_array_member (object, "enum", ids);
  else
    json_array_unref (ids);
  return object;
}

static JsonObject *
make_properties (YejiDictionary *dictionary)
{
  static const char * const kept[] = { "#rule", "pointer", "value", "other", "*reason", NULL };
  static const char * const aside[] = { "version", "table", "row", "field", "label", "value",
                                        NULL };
  static const char * const replies[] = { "pointer", "*text", "who", "at", NULL };
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  JsonObject *properties = json_object_new ();
  JsonObject *uuid = yeji_schema_new_typed ("string");

  json_object_set_string_member (uuid, "pattern", uuid_pattern);
  json_object_set_object_member (properties, "uuid", uuid);
  json_object_set_object_member (properties, "dictionary", yeji_schema_new_typed ("string"));
  json_object_set_object_member (properties, "role", make_role (dictionary));
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      json_object_set_object_member (properties, table->member, make_table (dictionary, table));
    }
  json_object_set_object_member (properties, "kept", make_notes (kept));
  json_object_set_object_member (properties, "replies", make_notes (replies));
  json_object_set_object_member (properties, "aside", make_notes (aside));
  return properties;
}

static JsonObject *
make_codes (const YejiCodeList *list)
{
  JsonObject *object = json_object_new ();
  JsonArray *codes = json_array_new ();
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < list->items->len; i++)
    {
      const YejiCode *code = g_ptr_array_index (list->items, i);

      json_array_add_string_element (codes, code->code);
      g_string_append_printf (names, "%s%s %s", i > 0 ? "; " : "", code->code, code->name);
    }
  yeji_schema_set_text (object, "title", &list->label);
  json_object_set_string_member (object, "description", names->str);
  /* an empty enum would be no schema; a list without codes lets nothing through */
  if (list->items->len > 0)
    json_object_set_array_member (object, "enum", codes);
  else
    {
      json_object_set_object_member (object, "not", json_object_new ());
      json_array_unref (codes);
    }
  return object;
}

static JsonObject *
make_empty (YejiDictionary *dictionary,
            gboolean        date)
{
  JsonObject *object = json_object_new ();
  const char * const *words = yeji_dictionary_get_empty_values (dictionary);
  JsonArray *values = json_array_new ();

  json_object_set_string_member (object, "description",
                                 "接收平台视为空 / what receivers take for empty");
  json_array_add_string_element (values, "");
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      json_array_add_string_element (values, words[i]);
  if (date)
    json_array_add_string_element (values, yeji_dictionary_get_missing_date (dictionary));
  json_object_set_array_member (object, "enum", values);
  return object;
}

static JsonObject *
make_text (const char *pattern)
{
  JsonObject *object = yeji_schema_new_typed ("string");

  json_object_set_string_member (object, "pattern", pattern);
  return object;
}

static JsonObject *
make_definitions (YejiDictionary *dictionary)
{
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  GPtrArray *lists = yeji_dictionary_get_code_lists (dictionary);
  JsonObject *definitions = json_object_new ();

  json_object_set_object_member (definitions, YEJI_SCHEMA_EMPTY, make_empty (dictionary, FALSE));
  json_object_set_object_member (definitions, YEJI_SCHEMA_EMPTY_DATE,
                                 make_empty (dictionary, TRUE));
  json_object_set_object_member (definitions, YEJI_SCHEMA_LINE,
                                 make_text (yeji_schema_pattern_text (FALSE)));
  json_object_set_object_member (definitions, YEJI_SCHEMA_LINES,
                                 make_text (yeji_schema_pattern_text (TRUE)));
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      g_autofree char *name = g_strdup_printf (YEJI_SCHEMA_TABLE "%s", table->id);

      json_object_set_object_member (definitions, name, make_row (dictionary, table));
    }
  for (guint i = 0; i < lists->len; i++)
    {
      const YejiCodeList *list = g_ptr_array_index (lists, i);
      g_autofree char *name = g_strdup_printf (YEJI_SCHEMA_CODES "%s", list->id);

      if (!list->lenient)
        json_object_set_object_member (definitions, name, make_codes (list));
    }
  return definitions;
}

/* A format that is not expressed is named, so that nobody looks for it in vain. */
static char *
make_comment (YejiDictionary *dictionary)
{
  GString *comment = g_string_new (not_expressed);
  GPtrArray *formats = yeji_dictionary_get_formats (dictionary);
  const char *before = " Formats not expressed: ";

  for (guint i = 0; i < formats->len; i++)
    {
      const YejiFormat *format = g_ptr_array_index (formats, i);

      if (yeji_schema_has_format (format))
        continue;
      g_string_append_printf (comment, "%s%s", before, format->id);
      before = ", ";
    }
  if (*before == ',')
    g_string_append_c (comment, '.');
  return g_string_free (comment, FALSE);
}

/**
 * yeji_dictionary_to_json_schema:
 *
 * Says the structure of a record file and its code lists as a JSON Schema 2020-12, for programs
 * that make records and have no validator of ours. A record as Yeji writes it is valid if, and only
 * if, it has no error of a structural kind.
 *
 * Returns: (transfer full): the schema, UTF-8
 */
char *
yeji_dictionary_to_json_schema (YejiDictionary *dictionary)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = yeji_schema_new_typed ("object");
  const YejiTableDef *root = yeji_dictionary_get_root (dictionary);
  g_autofree char *id = g_uri_escape_string (yeji_dictionary_get_id (dictionary), NULL, FALSE);
  g_autofree char *version = g_uri_escape_string (yeji_dictionary_get_version (dictionary), NULL,
                                                  FALSE);
  g_autofree char *urn = g_strdup_printf ("urn:yeji:record:%s:%s", id, version);
  g_autofree char *title = g_strdup_printf ("业绩记录 / Record of a past project, %s %s",
                                            yeji_dictionary_get_id (dictionary),
                                            yeji_dictionary_get_version (dictionary));
  g_autofree char *comment = make_comment (dictionary);
  JsonArray *required = json_array_new ();

  json_object_set_string_member (object, "$schema", "https://json-schema.org/draft/2020-12/schema");
  json_object_set_string_member (object, "$id", urn);
  json_object_set_string_member (object, "$comment", comment);
  json_object_set_string_member (object, "title", title);
  json_object_set_object_member (object, "properties", make_properties (dictionary));
  if (yeji_schema_is_ruled (dictionary, YEJI_RULE_ROLE, NULL))
    json_array_add_string_element (required, "role");
  for (guint i = 0; i < root->fields->len; i++)
    if (yeji_schema_is_mandatory (dictionary, g_ptr_array_index (root->fields, i)))
      {
        json_array_add_string_element (required, root->member);
        break;
      }
  json_object_set_array_member (object, "required", required);
  json_object_set_boolean_member (object, "additionalProperties",
                                  !yeji_schema_is_ruled (dictionary, YEJI_RULE_UNKNOWN, NULL));
  json_object_set_object_member (object, "$defs", make_definitions (dictionary));
  json_node_take_object (node, object);
  return yeji_json_print (node, TRUE);
}

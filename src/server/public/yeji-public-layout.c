// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-public"

#include "config.h"

#include "yeji-public-layout.h"

#include <string.h>

#include "yeji-json.h"
#include "yeji-province-resources.h"

#define FILE_PATH "/org/yeji/province/public.json"
/* So many different texts of a record are looked for in each column. */
#define MAX_TEXTS 200

static JsonNode *
read_file (GError **error)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (yeji_province_get_resource (), FILE_PATH,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (bytes == NULL)
    return NULL;
  return yeji_json_parse (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error);
}

/* (nullable): of a dictionary that has no such field */
static const YejiFieldDef *
find_field (YejiDictionary *dictionary,
            const char     *reference)
{
  g_auto (GStrv) parts = g_strsplit (reference, ".", 2);
  const YejiFieldDef *field = NULL;

  if (g_strv_length (parts) == 2)
    field = yeji_dictionary_find_field (dictionary, parts[0], parts[1]);
  if (field != NULL && field->personal != YEJI_PERSONAL_NO)
    return NULL;
  if (field == NULL)
    g_info ("%s is no field of the dictionary", reference);
  return field;
}

/* (nullable) */
static const YejiCodeList *
read_codes (YejiDictionary *dictionary,
            JsonObject     *root,
            const char     *member)
{
  const char *id = yeji_json_get_string (root, member);

  return id != NULL ? yeji_dictionary_find_codes (dictionary, id) : NULL;
}

static GPtrArray *
read_fields (YejiDictionary *dictionary,
             JsonObject     *object,
             const char     *member)
{
  JsonArray *array = object != NULL ? yeji_json_get_array (object, member) : NULL;
  GPtrArray *fields = g_ptr_array_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *reference = yeji_json_node_string (json_array_get_element (array, i));
      const YejiFieldDef *field = reference != NULL ? find_field (dictionary, reference) : NULL;

      if (field != NULL)
        g_ptr_array_add (fields, (gpointer) field);
    }
  return fields;
}

/**
 * yeji_public_layout_new:
 *
 * Reads which fields the public page looks at.
 *
 * Returns: (transfer full) (nullable): the layout
 */
YejiPublicLayout *
yeji_public_layout_new (YejiDictionary  *dictionary,
                        GError         **error)
{
  g_autoptr (JsonNode) node = read_file (error);
  YejiPublicLayout *self;
  JsonObject *root, *search;
  const char *kind;

  if (node == NULL)
    return NULL;
  root = json_node_get_object (node);
  search = yeji_json_get_object (root, "search");
  kind = yeji_json_get_string (root, "kind");

  self = g_new0 (YejiPublicLayout, 1);
  self->kind = kind != NULL ? find_field (dictionary, kind) : NULL;
  if (self->kind != NULL && self->kind->table != yeji_dictionary_get_root (dictionary))
    self->kind = NULL;
  self->areas = read_codes (dictionary, root, "area_codes");
  self->grades = read_codes (dictionary, root, "grade_codes");
  self->names = read_fields (dictionary, search, "names");
  self->enterprises = read_fields (dictionary, search, "enterprises");
  self->numbers = read_fields (dictionary, search, "numbers");
  self->facts = read_fields (dictionary, root, "facts");
  self->hidden = read_fields (dictionary, root, "hidden");
  return self;
}

static void
add_text (GHashTable *seen,
          GString    *lines,
          const char *text)
{
  g_autofree char *line = g_strstrip (g_strdelimit (g_strdup (text), "\r\n", ' '));

  if (*line == '\0' || g_hash_table_size (seen) >= MAX_TEXTS || g_hash_table_contains (seen, line))
    return;
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  g_string_append (lines, line);
  g_hash_table_add (seen, g_steal_pointer (&line));
}

/**
 * yeji_public_layout_collect:
 * @fields: (element-type YejiFieldDef)
 * @first: (nullable): a text that comes first
 *
 * Returns: (transfer full): the different values of the fields in all rows, one a line
 */
char *
yeji_public_layout_collect (const YejiPublicLayout *self,
                            GPtrArray              *fields,
                            YejiRecord             *record,
                            const char             *first)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GString *lines = g_string_new (NULL);

  if (first != NULL)
    add_text (seen, lines, first);
  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);

      for (guint j = 0; j < yeji_record_get_n_rows (record, field->table); j++)
        {
          YejiRow *row = yeji_record_get_row (record, field->table, j);

          add_text (seen, lines, yeji_row_get (row, field));
        }
    }
  return g_string_free (lines, FALSE);
}

/**
 * yeji_public_layout_get_kind:
 *
 * Returns: the code of what kind of project it is, or ""
 */
const char *
yeji_public_layout_get_kind (const YejiPublicLayout *self,
                             YejiRecord             *record)
{
  return self->kind != NULL ? yeji_row_get (yeji_record_get_project (record), self->kind) : "";
}

/**
 * yeji_public_layout_free:
 * @self: (transfer full)
 *
 * Frees the layout.
 */
void
yeji_public_layout_free (YejiPublicLayout *self)
{
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->enterprises);
  g_ptr_array_unref (self->numbers);
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->hidden);
  g_free (self);
}

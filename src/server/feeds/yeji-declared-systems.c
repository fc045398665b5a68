// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-declared"

#include "config.h"

#include "yeji-declared-systems.h"

#include <string.h>

#include "yeji-declared-project.h"
#include "yeji-json.h"
#include "yeji-province-resources.h"

#define AREA_DIGITS 6
#define FILE_NAME "declared.json"

/* The systems of data/province/declared.json, in that order. */
struct _YejiDeclaredSystems
{
  GPtrArray *list;             /* (element-type YejiDeclaredSystem) */
  GHashTable *by_id;           /* id -> YejiDeclaredSystem, owned by the list */
  GHashTable *areas;           /* name of an area -> code, "" where several have the name */
};

static const char * const column_words[N_YEJI_DECLARED_COLUMNS] = {
  [YEJI_DECLARED_COLUMN_NUMBERS] = "numbers",
  [YEJI_DECLARED_COLUMN_NAME] = "name",
  [YEJI_DECLARED_COLUMN_AREA] = "area",
  [YEJI_DECLARED_COLUMN_ENTERPRISE] = "enterprise",
  [YEJI_DECLARED_COLUMN_STATE] = "state",
  [YEJI_DECLARED_COLUMN_AT] = "at",
};

static const char * const states[] = {
  YEJI_DECLARED_ONGOING, YEJI_DECLARED_FINISHED, YEJI_DECLARED_REMOVED,
};

static void
free_system (gpointer data)
{
  YejiDeclaredSystem *system = data;

  g_free (system->id);
  yeji_text_clear (&system->label);
  g_strfreev (system->names);
  for (guint i = 0; i < N_YEJI_DECLARED_COLUMNS; i++)
    g_strfreev (system->columns[i]);
  g_clear_pointer (&system->states, g_hash_table_unref);
  g_free (system);
}

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER,
               "declared: %s is missing or of the wrong type", what);
  return FALSE;
}

/* (transfer full) (nullable): NULL: not all of them are texts */
static GStrv
read_texts (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *text = yeji_json_node_string (json_array_get_element (array, i));

      if (text == NULL)
        return NULL;
      g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

static gboolean
read_columns (YejiDeclaredSystem  *system,
              JsonObject          *object,
              GError             **error)
{
  for (guint i = 0; i < N_YEJI_DECLARED_COLUMNS; i++)
    {
      system->columns[i] = read_texts (object != NULL
                                         ? yeji_json_get_array (object, column_words[i]) : NULL);
      if (system->columns[i] == NULL
          || (i <= YEJI_DECLARED_COLUMN_NAME && system->columns[i][0] == NULL))
        return refuse (error, column_words[i]);
    }
  return TRUE;
}

static gboolean
read_states (YejiDeclaredSystem  *system,
             JsonObject          *object,
             GError             **error)
{
  system->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_auto (GStrv) words = read_texts (object != NULL
                                           ? yeji_json_get_array (object, states[i]) : NULL);

      if (words == NULL)
        return refuse (error, states[i]);
      for (guint j = 0; words[j] != NULL; j++)
        g_hash_table_insert (system->states, g_strdup (words[j]), (gpointer) states[i]);
    }
  return TRUE;
}

static gboolean
read_system (YejiDeclaredSystems  *self,
             JsonObject           *object,
             GError              **error)
{
  const char *id = object != NULL ? yeji_json_get_string (object, "id") : NULL;
  JsonObject *label = object != NULL ? yeji_json_get_object (object, "label") : NULL;
  const char *zh = label != NULL ? yeji_json_get_string (label, "zh") : NULL;
  const char *en = label != NULL ? yeji_json_get_string (label, "en") : NULL;
  YejiDeclaredSystem *system;

  if (id == NULL || *id == '\0' || zh == NULL || en == NULL
      || g_hash_table_contains (self->by_id, id))
    return refuse (error, "id or label");
  system = g_new0 (YejiDeclaredSystem, 1);
  g_ptr_array_add (self->list, system);
  system->id = g_strdup (id);
  system->label.in[YEJI_LANGUAGE_ZH] = g_strdup (zh);
  system->label.in[YEJI_LANGUAGE_EN] = g_strdup (en);
  g_hash_table_insert (self->by_id, system->id, system);
  system->names = read_texts (yeji_json_get_array (object, "names"));
  return system->names != NULL
           ? read_columns (system, yeji_json_get_object (object, "columns"), error)
             && read_states (system, yeji_json_get_object (object, "states"), error)
           : refuse (error, "names");
}

/* 朝阳区 is in several cities: such a name says nothing. */
static void
learn_areas (YejiDeclaredSystems *self,
             const YejiCodeList  *codes)
{
  for (guint i = 0; i < codes->items->len; i++)
    {
      const YejiCode *item = g_ptr_array_index (codes->items, i);
      gboolean twice = g_hash_table_contains (self->areas, item->name);

      g_hash_table_insert (self->areas, g_strdup (item->name), g_strdup (twice ? "" : item->code));
    }
}

/**
 * yeji_declared_systems_new:
 * @json: the shape of data/province/declared.json
 *
 * Returns: (transfer full) (nullable): the systems
 */
YejiDeclaredSystems *
yeji_declared_systems_new (YejiDictionary  *dictionary,
                           GBytes          *json,
                           GError         **error)
{
  g_autoptr (YejiDeclaredSystems) self = g_new0 (YejiDeclaredSystems, 1);
  gsize size;
  const char *text = g_bytes_get_data (json, &size);
  g_autoptr (JsonNode) node = yeji_json_parse (text, (gssize) size, error);
  JsonObject *root = yeji_json_node_object (node);
  JsonArray *array = root != NULL ? yeji_json_get_array (root, "systems") : NULL;
  const char *areas = root != NULL ? yeji_json_get_string (root, "area_codes") : NULL;
  const YejiCodeList *codes = areas != NULL ? yeji_dictionary_find_codes (dictionary, areas) : NULL;

  self->list = g_ptr_array_new_with_free_func (free_system);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->areas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (node == NULL)
    return NULL;
  if (array == NULL || codes == NULL)
    {
      refuse (error, "systems or area_codes");
      return NULL;
    }
  learn_areas (self, codes);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_system (self, yeji_json_node_object (json_array_get_element (array, i)), error))
      return NULL;
  return g_steal_pointer (&self);
}

/**
 * yeji_declared_systems_open:
 * @data_dir: the province's directory
 *
 * Reads the province's own `declared.json`, or the one that came with the program.
 *
 * Returns: (transfer full) (nullable): the systems
 */
YejiDeclaredSystems *
yeji_declared_systems_open (YejiDictionary  *dictionary,
                            const char      *data_dir,
                            GError         **error)
{
  g_autofree char *path = g_build_filename (data_dir, FILE_NAME, NULL);
  g_autoptr (GBytes) json = NULL;
  char *text = NULL;
  gsize length = 0;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    json = g_resource_lookup_data (yeji_province_get_resource (), "/org/yeji/province/" FILE_NAME,
                                   G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  else if (g_file_get_contents (path, &text, &length, error))
    json = g_bytes_new_take (text, length);
  return json != NULL ? yeji_declared_systems_new (dictionary, json, error) : NULL;
}

/**
 * yeji_declared_systems_find:
 * @name: an id, a label or another name
 *
 * Returns: (transfer none) (nullable): the system
 */
const YejiDeclaredSystem *
yeji_declared_systems_find (const YejiDeclaredSystems *self,
                            const char                *name)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const YejiDeclaredSystem *system = g_ptr_array_index (self->list, i);

      if (g_str_equal (system->id, name)
          || g_str_equal (system->label.in[YEJI_LANGUAGE_ZH], name)
          || g_str_equal (system->label.in[YEJI_LANGUAGE_EN], name)
          || g_strv_contains ((const char * const *) system->names, name))
        return system;
    }
  return NULL;
}

/**
 * yeji_declared_systems_list:
 *
 * Returns: (transfer none) (element-type YejiDeclaredSystem): all of them
 */
GPtrArray *
yeji_declared_systems_list (const YejiDeclaredSystems *self)
{
  return self->list;
}

/**
 * yeji_declared_systems_get_text:
 *
 * Returns: (transfer none) (nullable): the name of a system in all languages
 */
const YejiText *
yeji_declared_systems_get_text (const YejiDeclaredSystems *self,
                                const char                *id)
{
  const YejiDeclaredSystem *system = g_hash_table_lookup (self->by_id, id);

  return system != NULL ? &system->label : NULL;
}

/**
 * yeji_declared_systems_get_label:
 *
 * Returns: (transfer none): the name of a system; @id itself where it is not known any more
 */
const char *
yeji_declared_systems_get_label (const YejiDeclaredSystems *self,
                                 const char                *id,
                                 YejiLanguage               language)
{
  const YejiText *text = yeji_declared_systems_get_text (self, id);

  return text != NULL ? yeji_text_get (text, language) : id;
}

/**
 * yeji_declared_systems_read_area:
 * @text: the code of an area, or its name
 *
 * Returns: (transfer full): the code, "" where @text names none or several
 */
char *
yeji_declared_systems_read_area (const YejiDeclaredSystems *self,
                                 const char                *text)
{
  const char *code;

  if (strlen (text) == AREA_DIGITS && strspn (text, "0123456789") == AREA_DIGITS)
    return g_strdup (text);
  code = g_hash_table_lookup (self->areas, text);
  return g_strdup (code != NULL ? code : "");
}

/**
 * yeji_declared_systems_free:
 * @self: (transfer full)
 *
 * Frees the systems.
 */
void
yeji_declared_systems_free (YejiDeclaredSystems *self)
{
  g_ptr_array_unref (self->list);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->areas);
  g_free (self);
}

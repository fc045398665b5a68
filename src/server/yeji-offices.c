// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-offices"

#include "config.h"

#include "yeji-offices.h"

#include "yeji-json.h"

/* The departments of data/province/offices.json, in that order. */
struct _YejiOffices
{
  GPtrArray *list;             /* (element-type YejiOffice) */
  GHashTable *by_id;           /* id -> YejiOffice, owned by the list */
  char *incomplete;            /* the grade of a record that is not complete */
};

static void
free_office (gpointer data)
{
  YejiOffice *office = data;

  g_free (office->id);
  g_free (office->name);
  g_free (office->grade);
  g_strfreev (office->areas);
  g_free (office);
}

static gboolean
refuse (GError     **error,
        const char  *what,
        const char  *reason)
{
  g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER, "offices: %s: %s", what, reason);
  return FALSE;
}

static GHashTable *
read_levels (JsonObject *root)
{
  JsonArray *levels = yeji_json_get_array (root, "levels");
  GHashTable *grades = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; levels != NULL && i < json_array_get_length (levels); i++)
    {
      JsonObject *level = yeji_json_node_object (json_array_get_element (levels, i));
      const char *id = level != NULL ? yeji_json_get_string (level, "id") : NULL;
      const char *grade = level != NULL ? yeji_json_get_string (level, "grade") : NULL;

      if (id != NULL && grade != NULL)
        g_hash_table_replace (grades, g_strdup (id), g_strdup (grade));
    }
  return grades;
}

static GStrv
read_areas (JsonObject *object)
{
  JsonArray *array = yeji_json_get_array (object, "areas");
  g_autoptr (GStrvBuilder) areas = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *area = yeji_json_node_string (json_array_get_element (array, i));

      if (area != NULL && *area != '\0')
        g_strv_builder_add (areas, area);
    }
  return g_strv_builder_end (areas);
}

static gboolean
read_office (YejiOffices  *self,
             JsonObject   *object,
             GHashTable   *grades,
             GError      **error)
{
  const char *id = object != NULL ? yeji_json_get_string (object, "id") : NULL;
  const char *name = object != NULL ? yeji_json_get_string (object, "name") : NULL;
  const char *level = object != NULL ? yeji_json_get_string (object, "level") : NULL;
  YejiOffice *office;

  if (id == NULL || name == NULL || level == NULL)
    return refuse (error, id != NULL ? id : "?", "id, name or level is missing");
  if (g_hash_table_contains (self->by_id, id))
    return refuse (error, id, "occurs twice");
  if (!g_hash_table_contains (grades, level))
    return refuse (error, id, "its level is none of the levels");

  office = g_new0 (YejiOffice, 1);
  office->id = g_strdup (id);
  office->name = g_strdup (name);
  office->grade = g_strdup (g_hash_table_lookup (grades, level));
  office->areas = read_areas (object);
  g_ptr_array_add (self->list, office);
  g_hash_table_insert (self->by_id, office->id, office);
  return g_strv_length (office->areas) > 0 || refuse (error, id, "covers no area");
}

/**
 * yeji_offices_new:
 * @json: the shape of data/province/offices.json
 *
 * Reads the departments that review.
 *
 * Returns: (transfer full) (nullable): the departments, or %NULL with an error of #YejiJsonError
 */
YejiOffices *
yeji_offices_new (GBytes  *json,
                  GError **error)
{
  g_autoptr (YejiOffices) self = g_new0 (YejiOffices, 1);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GHashTable) grades = NULL;
  JsonObject *root;
  JsonArray *array;

  self->list = g_ptr_array_new_with_free_func (free_office);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  node = yeji_json_parse (g_bytes_get_data (json, NULL), (gssize) g_bytes_get_size (json), error);
  if (node == NULL)
    return NULL;

  root = yeji_json_node_object (node);
  array = root != NULL ? yeji_json_get_array (root, "offices") : NULL;
  if (array == NULL)
    {
      refuse (error, "offices", "is missing");
      return NULL;
    }
  if (yeji_json_get_string (root, "incomplete") == NULL)
    {
      refuse (error, "incomplete", "is missing");
      return NULL;
    }
  self->incomplete = g_strdup (yeji_json_get_string (root, "incomplete"));
  grades = read_levels (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_office (self, yeji_json_node_object (json_array_get_element (array, i)), grades,
                      error))
      return NULL;
  return g_steal_pointer (&self);
}

/**
 * yeji_offices_find:
 * @id: (nullable)
 *
 * Returns: (nullable) (transfer none): the department
 */
const YejiOffice *
yeji_offices_find (const YejiOffices *self,
                   const char        *id)
{
  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

/**
 * yeji_offices_get_grade:
 * @office: the department that confirms a record
 * @complete: whether the record is complete for the national platform
 *
 * Returns: the grade that the record gets
 */
const char *
yeji_offices_get_grade (const YejiOffices *self,
                        const YejiOffice  *office,
                        gboolean           complete)
{
  return complete ? office->grade : self->incomplete;
}

/**
 * yeji_offices_list:
 *
 * Returns: (transfer none) (element-type YejiOffice): all departments, in the file's order
 */
GPtrArray *
yeji_offices_list (const YejiOffices *self)
{
  return self->list;
}

/**
 * yeji_office_covers:
 * @area: an area code, maybe empty
 *
 * Returns: whether a record of @area is the department's to review
 */
gboolean
yeji_office_covers (const YejiOffice *self,
                    const char       *area)
{
  for (guint i = 0; self->areas[i] != NULL; i++)
    if (g_str_has_prefix (area, self->areas[i]))
      return TRUE;
  return FALSE;
}

/**
 * yeji_office_get_areas_json:
 *
 * Returns: (transfer full): the beginnings of area codes as a JSON array, for json_each() of SQLite
 */
char *
yeji_office_get_areas_json (const YejiOffice *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; self->areas[i] != NULL; i++)
    json_array_add_string_element (array, self->areas[i]);
  json_node_take_array (node, array);
  return yeji_json_print (node, FALSE);
}

/**
 * yeji_offices_free:
 * @self: (transfer full)
 *
 * Frees the departments.
 */
void
yeji_offices_free (YejiOffices *self)
{
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->list);
  g_free (self->incomplete);
  g_free (self);
}

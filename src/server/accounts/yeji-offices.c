// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-offices"

#include "config.h"

#include "yeji-offices.h"

#include <string.h>

#include "yeji-json.h"

/* The longest area code: province, city and county, two digits each. */
#define AREA_DIGITS 6

/* What departments there are, one above the other. */
typedef struct
{
  char *id;
  char *grade;
} Level;

/* The departments of data/province/offices.json, in that order. */
struct _YejiOffices
{
  GPtrArray *list;             /* (element-type YejiOffice) */
  GHashTable *by_id;           /* id -> YejiOffice, owned by the list */
  GPtrArray *levels;           /* (element-type Level), the highest one first */
  char *incomplete;            /* the grade of a record that is not complete */
};

static void
free_office (gpointer data)
{
  YejiOffice *office = data;

  g_free (office->id);
  g_free (office->name);
  g_free (office->level);
  g_free (office->grade);
  g_strfreev (office->areas);
  g_strfreev (office->all_areas);
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

static void
free_level (gpointer data)
{
  Level *level = data;

  g_free (level->id);
  g_free (level->grade);
  g_free (level);
}

static const Level *
find_level (const YejiOffices *self,
            const char        *id,
            guint             *rank)
{
  for (*rank = 0; *rank < self->levels->len; (*rank)++)
    {
      const Level *level = g_ptr_array_index (self->levels, *rank);

      if (g_strcmp0 (level->id, id) == 0)
        return level;
    }
  return NULL;
}

static gboolean
read_levels (YejiOffices  *self,
             JsonObject   *root,
             GError      **error)
{
  JsonArray *array = yeji_json_get_array (root, "levels");
  guint rank;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (array, i));
      const char *id = object != NULL ? yeji_json_get_string (object, "id") : NULL;
      const char *grade = object != NULL ? yeji_json_get_string (object, "grade") : NULL;
      Level *level;

      if (id == NULL || *id == '\0' || grade == NULL || *grade == '\0')
        return refuse (error, "levels", "id or grade is missing");
      if (find_level (self, id, &rank) != NULL)
        return refuse (error, id, "is a level twice");
      if (g_str_equal (grade, self->incomplete))
        return refuse (error, id, "its grade is that of incomplete records");
      level = g_new0 (Level, 1);
      level->id = g_strdup (id);
      level->grade = g_strdup (grade);
      g_ptr_array_add (self->levels, level);
    }
  return self->levels->len > 0 || refuse (error, "levels", "are missing");
}

/* The beginning of an area code that stands for a province, a city or a county as a whole. */
static gboolean
is_area (const char *text)
{
  gsize length = strlen (text);

  return length >= 2 && length <= AREA_DIGITS && length % 2 == 0
         && strspn (text, "0123456789") == length;
}

/* NULL with an error */
static GStrv
read_areas (JsonObject  *object,
            const char  *id,
            GError     **error)
{
  JsonArray *array = yeji_json_get_array (object, "areas");
  g_autoptr (GStrvBuilder) areas = g_strv_builder_new ();

  if (array == NULL || json_array_get_length (array) == 0)
    {
      refuse (error, id, "covers no area");
      return NULL;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *area = yeji_json_node_string (json_array_get_element (array, i));

      if (area == NULL || !is_area (area))
        {
          refuse (error, id, "an area is 2, 4 or 6 digits");
          return NULL;
        }
      g_strv_builder_add (areas, area);
    }
  return g_strv_builder_end (areas);
}

/* Two of one level for the very same area: nobody could say whose it is. One may lie within the
 * other's, as 长春新区 does in the city around it. */
static const YejiOffice *
find_rival (const YejiOffices *self,
            const YejiOffice  *office)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const YejiOffice *other = g_ptr_array_index (self->list, i);

      if (other->rank != office->rank)
        continue;
      for (guint j = 0; office->areas[j] != NULL; j++)
        if (g_strv_contains ((const char * const *) other->areas, office->areas[j]))
          return other;
    }
  return NULL;
}

static gboolean
read_office (YejiOffices  *self,
             JsonObject   *object,
             GError      **error)
{
  const char *id = object != NULL ? yeji_json_get_string (object, "id") : NULL;
  const char *name = object != NULL ? yeji_json_get_string (object, "name") : NULL;
  const char *level_id = object != NULL ? yeji_json_get_string (object, "level") : NULL;
  g_auto (GStrv) areas = NULL;
  const Level *level;
  YejiOffice *office;
  guint rank;

  if (id == NULL || *id == '\0' || name == NULL || *name == '\0' || level_id == NULL)
    return refuse (error, id != NULL ? id : "?", "id, name or level is missing");
  if (g_hash_table_contains (self->by_id, id))
    return refuse (error, id, "occurs twice");
  level = find_level (self, level_id, &rank);
  if (level == NULL)
    return refuse (error, id, "its level is none of the levels");
  areas = read_areas (object, id, error);
  if (areas == NULL)
    return FALSE;

  office = g_new0 (YejiOffice, 1);
  office->id = g_strdup (id);
  office->name = g_strdup (name);
  office->level = g_strdup (level_id);
  office->rank = rank;
  office->grade = g_strdup (level->grade);
  office->areas = g_steal_pointer (&areas);
  if (find_rival (self, office) != NULL)
    {
      refuse (error, find_rival (self, office)->id, "another one of its level has the same area");
      free_office (office);
      return FALSE;
    }
  g_ptr_array_add (self->list, office);
  g_hash_table_insert (self->by_id, office->id, office);
  return TRUE;
}

/* What lies outside of all areas belongs to the highest level. */
static void
share_areas (YejiOffices *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; i < self->list->len; i++)
    g_strv_builder_addv (builder,
                         (const char **) ((YejiOffice *) g_ptr_array_index (self->list, i))->areas);
  all = g_strv_builder_end (builder);
  for (guint i = 0; i < self->list->len; i++)
    {
      YejiOffice *office = g_ptr_array_index (self->list, i);

      if (office->rank == 0)
        office->all_areas = g_strdupv (all);
    }
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
  JsonObject *root;
  JsonArray *array;

  self->list = g_ptr_array_new_with_free_func (free_office);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->levels = g_ptr_array_new_with_free_func (free_level);
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
  if (!read_levels (self, root, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_office (self, yeji_json_node_object (json_array_get_element (array, i)), error))
      return NULL;
  share_areas (self);
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
 * yeji_offices_list_covering:
 *
 * Returns: (transfer container) (element-type YejiOffice): those to whom a record of @area belongs
 */
GPtrArray *
yeji_offices_list_covering (const YejiOffices *self,
                            const char        *area)
{
  GPtrArray *covering = g_ptr_array_new ();

  for (guint i = 0; i < self->list->len; i++)
    if (yeji_office_covers (g_ptr_array_index (self->list, i), area))
      g_ptr_array_add (covering, g_ptr_array_index (self->list, i));
  return covering;
}

/**
 * yeji_offices_rank_grade:
 * @grade: (nullable)
 *
 * Returns: how far below the highest grade it is; the one for incomplete records is below all, and
 *   none at all below that
 */
guint
yeji_offices_rank_grade (const YejiOffices *self,
                         const char        *grade)
{
  for (guint i = 0; i < self->levels->len; i++)
    if (g_strcmp0 (((const Level *) g_ptr_array_index (self->levels, i))->grade, grade) == 0)
      return i;
  return self->levels->len + (g_strcmp0 (grade, self->incomplete) != 0);
}

/**
 * yeji_offices_to_json:
 *
 * Returns: (transfer full): what `GET /v1/offices` answers
 */
JsonNode *
yeji_offices_to_json (const YejiOffices *self)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *levels = json_array_new ();
  JsonArray *offices = json_array_new ();

  for (guint i = 0; i < self->levels->len; i++)
    {
      const Level *level = g_ptr_array_index (self->levels, i);
      JsonObject *member = json_object_new ();

      json_object_set_string_member (member, "id", level->id);
      json_object_set_string_member (member, "grade", level->grade);
      json_array_add_object_element (levels, member);
    }
  for (guint i = 0; i < self->list->len; i++)
    {
      const YejiOffice *office = g_ptr_array_index (self->list, i);
      JsonNode *member = yeji_office_to_json (office);

      json_object_set_array_member (json_node_get_object (member), "areas",
                                    yeji_office_list_areas (office));
      json_array_add_element (offices, member);
    }
  json_object_set_array_member (object, "levels", levels);
  json_object_set_string_member (object, "incomplete", self->incomplete);
  json_object_set_array_member (object, "offices", offices);
  json_node_take_object (node, object);
  return node;
}

static gboolean
lies_in (const char *area,
         GStrv       beginnings)
{
  for (guint i = 0; beginnings[i] != NULL; i++)
    if (g_str_has_prefix (area, beginnings[i]))
      return TRUE;
  return FALSE;
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
  return lies_in (area, self->areas)
         || (self->all_areas != NULL && !lies_in (area, self->all_areas));
}

static JsonArray *
list_texts (const char * const *texts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; texts[i] != NULL; i++)
    json_array_add_string_element (array, texts[i]);
  return array;
}

static char *
print_array (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return yeji_json_print (node, FALSE);
}

/**
 * yeji_office_list_areas:
 *
 * Returns: (transfer full): the beginnings of area codes
 */
JsonArray *
yeji_office_list_areas (const YejiOffice *self)
{
  return list_texts ((const char * const *) self->areas);
}

/**
 * yeji_office_get_areas_json:
 *
 * Returns: (transfer full): the beginnings of area codes as a JSON array, for json_each() of SQLite
 */
char *
yeji_office_get_areas_json (const YejiOffice *self)
{
  return print_array (yeji_office_list_areas (self));
}

/**
 * yeji_office_get_all_areas_json:
 *
 * Returns: (transfer full): as a JSON array, beginnings of area codes such that what has none of
 *   them is the department's, too; for most departments there is nothing like that
 */
char *
yeji_office_get_all_areas_json (const YejiOffice *self)
{
  static const char * const everything[] = { "", NULL };

  return print_array (list_texts (self->all_areas != NULL
                                    ? (const char * const *) self->all_areas : everything));
}

/**
 * yeji_office_to_json:
 * @self: (nullable)
 *
 * Returns: (transfer full): OFFICE of docs/protocol.md, null for %NULL
 */
JsonNode *
yeji_office_to_json (const YejiOffice *self)
{
  JsonObject *object;
  JsonNode *node;

  if (self == NULL)
    return json_node_new (JSON_NODE_NULL);
  object = json_object_new ();
  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "name", self->name);
  json_object_set_string_member (object, "level", self->level);
  json_object_set_string_member (object, "grade", self->grade);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
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
  g_ptr_array_unref (self->levels);
  g_free (self->incomplete);
  g_free (self);
}

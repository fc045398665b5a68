// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-legacy"

#include "config.h"

#include "yeji-legacy-map.h"

#include <string.h>

#include "yeji-json.h"

/* What the old system calls what the dictionary has: data/province/legacy.json. Names are compared
 * folded. */
struct _YejiLegacyMap
{
  YejiDictionary *dictionary;
  GPtrArray *columns;          /* (element-type GHashTable): of each table, name -> YejiFieldDef */
  GHashTable *tables;          /* name of a sheet -> YejiTableDef */
  GHashTable *metas;           /* name -> YejiLegacyMeta + 1 */
  GHashTable *states;          /* word -> YejiLegacyState */
  GHashTable *roles;           /* word -> YejiRole */
  GHashTable *offices;         /* name -> YejiOffice */
};

/* The order of YejiLegacyMeta. */
static const char * const meta_names[] = {
  "id", "code", "enterprise", "role", "state", "office", "department", "reviewer", "submitted_at",
  "approved_at",
};

G_STATIC_ASSERT (G_N_ELEMENTS (meta_names) == N_YEJI_LEGACY_METAS);

/**
 * yeji_legacy_fold:
 *
 * Returns: (transfer full): the name without width, case, blanks, underscores, and marks that a
 * form   has beside it: names are compared so
 */
char *
yeji_legacy_fold (const char *text)
{
  g_autofree char *wide = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *folded = g_string_new (NULL);

  for (const char *at = wide != NULL ? wide : text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c) || c == '_' || c == '*' || c == ':' || c == 0xfeff
          || c == 0x200b)
        continue;
      g_string_append_unichar (folded, g_unichar_tolower (c));
    }
  return g_string_free (folded, FALSE);
}

static gboolean
refuse (GError     **error,
        const char  *what)
{
  g_set_error (error, YEJI_JSON_ERROR, YEJI_JSON_ERROR_MEMBER,
               "legacy: %s is missing, of the wrong type, or nothing that is known", what);
  return FALSE;
}

/* The first who claims a name has it. */
static void
claim (GHashTable *names,
       const char *name,
       gpointer    value)
{
  char *folded = yeji_legacy_fold (name);

  if (*folded == '\0' || g_hash_table_contains (names, folded))
    g_free (folded);
  else
    g_hash_table_insert (names, folded, value);
}

static gboolean
claim_all (GHashTable  *names,
           JsonObject  *object,
           const char  *member,
           gpointer     value,
           GError     **error)
{
  JsonArray *array = object != NULL ? yeji_json_get_array (object, member) : NULL;

  if (array == NULL)
    return refuse (error, member);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *name = yeji_json_node_string (json_array_get_element (array, i));

      if (name == NULL)
        return refuse (error, member);
      claim (names, name, value);
    }
  return TRUE;
}

/* What the dictionary itself says: the standard's names, those of older standards, what the form
 * says, with and without what stands there in brackets. */
static GHashTable *
list_own_names (const YejiTableDef *table)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < table->fields->len; i++)
    {
      YejiFieldDef *field = g_ptr_array_index (table->fields, i);

      claim (names, field->id, field);
      for (guint j = 0; field->aliases[j] != NULL; j++)
        claim (names, field->aliases[j], field);
    }
  for (guint i = 0; i < table->fields->len; i++)
    {
      YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      const char *label = yeji_text_get (&field->label, YEJI_LANGUAGE_ZH);
      g_autofree char *bare = g_strdup (label);

      claim (names, label, field);
      bare[strcspn (bare, "(")] = '\0';
      claim (names, bare, field);
    }
  return names;
}

static gboolean
read_table (YejiLegacyMap       *self,
            const YejiTableDef  *table,
            JsonObject          *object,
            GError             **error)
{
  GHashTable *names = g_ptr_array_index (self->columns, table->index);
  JsonObject *columns = object != NULL ? yeji_json_get_object (object, "columns") : NULL;
  g_autoptr (GList) fields = columns != NULL ? json_object_get_members (columns) : NULL;

  if (object == NULL || columns == NULL)
    return refuse (error, table->id);
  for (GList *at = fields; at != NULL; at = at->next)
    {
      const YejiFieldDef *field = yeji_table_def_find_field (table, at->data);

      if (field == NULL)
        return refuse (error, at->data);
      if (!claim_all (names, columns, at->data, (gpointer) field, error))
        return FALSE;
    }
  return claim_all (self->tables, object, "sheets", (gpointer) table, error);
}

static gboolean
read_tables (YejiLegacyMap  *self,
             JsonObject     *object,
             GError        **error)
{
  GPtrArray *tables = yeji_dictionary_get_tables (self->dictionary);
  g_autoptr (GList) names = object != NULL ? json_object_get_members (object) : NULL;

  for (guint i = 0; i < tables->len; i++)
    {
      YejiTableDef *table = g_ptr_array_index (tables, i);

      g_ptr_array_add (self->columns, list_own_names (table));
      claim (self->tables, table->id, table);
      claim (self->tables, table->member, table);
      claim (self->tables, yeji_text_get (&table->label, YEJI_LANGUAGE_ZH), table);
    }
  if (object == NULL)
    return refuse (error, "tables");
  for (GList *at = names; at != NULL; at = at->next)
    {
      const YejiTableDef *table = yeji_dictionary_find_table (self->dictionary, at->data);

      if (table == NULL)
        return refuse (error, at->data);
      if (!read_table (self, table, yeji_json_get_object (object, at->data), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_metas (YejiLegacyMap  *self,
            JsonObject     *object,
            GError        **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (meta_names); i++)
    if (!claim_all (self->metas, object, meta_names[i], GUINT_TO_POINTER (i + 1), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_roles (YejiLegacyMap  *self,
            JsonObject     *object,
            GError        **error)
{
  g_autoptr (GList) names = object != NULL ? json_object_get_members (object) : NULL;
  GPtrArray *roles = yeji_dictionary_get_roles (self->dictionary);

  for (guint i = 0; i < roles->len; i++)
    {
      YejiRole *role = g_ptr_array_index (roles, i);

      claim (self->roles, role->id, role);
      claim (self->roles, yeji_text_get (&role->label, YEJI_LANGUAGE_ZH), role);
    }
  for (GList *at = names; at != NULL; at = at->next)
    {
      const YejiRole *role = yeji_dictionary_find_role (self->dictionary, at->data);

      if (role == NULL)
        return refuse (error, at->data);
      if (!claim_all (self->roles, object, at->data, (gpointer) role, error))
        return FALSE;
    }
  return object != NULL || refuse (error, "roles");
}

/* Offices that a province does not have are left out: the list is that of the settings. */
static gboolean
read_offices (YejiLegacyMap      *self,
              const YejiOffices  *offices,
              JsonObject         *object,
              GError            **error)
{
  g_autoptr (GList) ids = object != NULL ? json_object_get_members (object) : NULL;
  GPtrArray *list = yeji_offices_list (offices);

  for (guint i = 0; i < list->len; i++)
    {
      YejiOffice *office = g_ptr_array_index (list, i);

      claim (self->offices, office->id, office);
      claim (self->offices, office->name, office);
    }
  for (GList *at = ids; at != NULL; at = at->next)
    {
      const YejiOffice *office = yeji_offices_find (offices, at->data);

      if (office != NULL && !claim_all (self->offices, object, at->data, (gpointer) office, error))
        return FALSE;
    }
  return object != NULL || refuse (error, "offices");
}

static GHashTable *
new_names (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * yeji_legacy_map_new:
 * @json: the shape of data/province/legacy.json
 * @offices: must live as long as the map
 *
 * Reads what the old system's columns, sheets and words are in the dictionary. What the dictionary
 * calls its own needs no entry.
 *
 * Returns: (transfer full) (nullable): the map, or %NULL with an error of #YejiJsonError
 */
YejiLegacyMap *
yeji_legacy_map_new (GBytes             *json,
                     YejiDictionary     *dictionary,
                     const YejiOffices  *offices,
                     GError            **error)
{
  g_autoptr (YejiLegacyMap) self = g_new0 (YejiLegacyMap, 1);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *root, *states;

  self->dictionary = g_object_ref (dictionary);
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  self->tables = new_names ();
  self->metas = new_names ();
  self->states = new_names ();
  self->roles = new_names ();
  self->offices = new_names ();
  node = yeji_json_parse (g_bytes_get_data (json, NULL), (gssize) g_bytes_get_size (json), error);
  if (node == NULL)
    return NULL;
  root = yeji_json_node_object (node);
  if (root == NULL)
    {
      refuse (error, "/");
      return NULL;
    }
  states = yeji_json_get_object (root, "states");
  if (!read_tables (self, yeji_json_get_object (root, "tables"), error)
      || !read_metas (self, yeji_json_get_object (root, "meta"), error)
      || !claim_all (self->states, states, "approved", GINT_TO_POINTER (YEJI_LEGACY_APPROVED),
                     error)
      || !claim_all (self->states, states, "pending", GINT_TO_POINTER (YEJI_LEGACY_PENDING), error)
      || !read_roles (self, yeji_json_get_object (root, "roles"), error)
      || !read_offices (self, offices, yeji_json_get_object (root, "offices"), error))
    return NULL;
  return g_steal_pointer (&self);
}

static gpointer
look_up (GHashTable *names,
         const char *text)
{
  g_autofree char *folded = yeji_legacy_fold (text);

  return g_hash_table_lookup (names, folded);
}

/**
 * yeji_legacy_map_find_table:
 * @sheet: the name of a sheet
 *
 * Returns: (nullable): the table that is in it
 */
const YejiTableDef *
yeji_legacy_map_find_table (YejiLegacyMap *self,
                            const char    *sheet)
{
  return look_up (self->tables, sheet);
}

/* `合同金额(元)`: the name without it, and the unit, which is left out where it is the field's. */
static char *
split_unit (const char *folded,
            char        unit[32])
{
  const char *open = strrchr (folded, '(');
  gsize length = strlen (folded);

  unit[0] = '\0';
  if (open == NULL || open == folded || folded[length - 1] != ')')
    return NULL;
  g_strlcpy (unit, open + 1, 32);
  if (strlen (unit) > 0 && unit[strlen (unit) - 1] == ')')
    unit[strlen (unit) - 1] = '\0';
  return g_strndup (folded, (gsize) (open - folded));
}

static const YejiFieldDef *
find_field (YejiLegacyMap      *self,
            const YejiTableDef *table,
            const char         *folded,
            char                unit[32])
{
  GHashTable *names = g_ptr_array_index (self->columns, table->index);
  const YejiFieldDef *field = g_hash_table_lookup (names, folded);
  g_autofree char *bare = NULL;

  unit[0] = '\0';
  if (field != NULL)
    return field;
  bare = split_unit (folded, unit);
  field = bare != NULL ? g_hash_table_lookup (names, bare) : NULL;
  if (field != NULL && (field->unit == NULL || g_str_equal (field->unit, unit)))
    unit[0] = '\0';
  return field;
}

/**
 * yeji_legacy_map_find_column:
 * @table: of the sheet
 * @column: (out): what the column is
 *
 * Finds out what a heading of a table's sheet means. The standard's own fields that approval writes
 * are what the old system knew of the approval.
 *
 * Returns: whether it means anything
 */
gboolean
yeji_legacy_map_find_column (YejiLegacyMap       *self,
                             const YejiTableDef  *table,
                             const char          *heading,
                             YejiLegacyColumn    *column)
{
  g_autofree char *folded = yeji_legacy_fold (heading);

  column->field = find_field (self, table, folded, column->unit);
  column->meta = -1;
  if (column->field != NULL && !column->field->by_platform)
    return TRUE;
  column->field = NULL;
  column->meta = (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->metas, folded)) - 1;
  return column->meta >= 0;
}

/* `合同登记信息.合同金额` */
static gboolean
find_qualified (YejiLegacyMap    *self,
                const char       *folded,
                YejiLegacyColumn *column)
{
  const char *point = strpbrk (folded, "./-");
  g_autofree char *before = point != NULL ? g_strndup (folded, (gsize) (point - folded)) : NULL;
  const YejiTableDef *table = before != NULL ? g_hash_table_lookup (self->tables, before) : NULL;

  if (table == NULL)
    return FALSE;
  column->field = find_field (self, table, point + 1, column->unit);
  return column->field != NULL && !column->field->by_platform;
}

/**
 * yeji_legacy_map_find_wide:
 *
 * Finds out what a heading means in a sheet whose rows have the project and what belongs to it: a
 * field of the project, what the old system knew, a table's with the table before it
 * (`合同登记信息.合同金额`), or a name that just one of the other tables has.
 *
 * Returns: whether it means anything
 */
gboolean
yeji_legacy_map_find_wide (YejiLegacyMap    *self,
                           const char       *heading,
                           YejiLegacyColumn *column)
{
  g_autofree char *folded = yeji_legacy_fold (heading);
  const YejiFieldDef *only = NULL;
  char unit[32] = "";
  guint n = 0;

  if (yeji_legacy_map_find_column (self, yeji_dictionary_get_root (self->dictionary), heading,
                                   column))
    return TRUE;
  column->meta = -1;
  if (find_qualified (self, folded, column))
    return TRUE;
  for (guint i = 1; i < self->columns->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (yeji_dictionary_get_tables (self->dictionary),
                                                     i);
      const YejiFieldDef *field = find_field (self, table, folded, unit);

      if (field == NULL || field->by_platform || field->kind == YEJI_FIELD_LINK)
        continue;
      only = field;
      g_strlcpy (column->unit, unit, sizeof column->unit);
      n++;
    }
  column->field = n == 1 ? only : NULL;
  return n == 1;
}

/**
 * yeji_legacy_map_find_state:
 *
 * Returns: what the old system's word says
 */
YejiLegacyState
yeji_legacy_map_find_state (YejiLegacyMap *self,
                            const char    *text)
{
  return (YejiLegacyState) GPOINTER_TO_INT (look_up (self->states, text));
}

/**
 * yeji_legacy_map_find_role:
 *
 * Returns: (nullable): the id of the role that a word says
 */
const char *
yeji_legacy_map_find_role (YejiLegacyMap *self,
                           const char    *text)
{
  const YejiRole *role = look_up (self->roles, text);

  return role != NULL ? role->id : NULL;
}

/**
 * yeji_legacy_map_find_office:
 *
 * Returns: (nullable): the office of a name
 */
const YejiOffice *
yeji_legacy_map_find_office (YejiLegacyMap *self,
                             const char    *text)
{
  return look_up (self->offices, text);
}

/**
 * yeji_legacy_map_free:
 * @self: (transfer full)
 */
void
yeji_legacy_map_free (YejiLegacyMap *self)
{
  g_clear_object (&self->dictionary);
  g_ptr_array_unref (self->columns);
  g_hash_table_unref (self->tables);
  g_hash_table_unref (self->metas);
  g_hash_table_unref (self->states);
  g_hash_table_unref (self->roles);
  g_hash_table_unref (self->offices);
  g_free (self);
}

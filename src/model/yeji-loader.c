// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-dictionary"

#include "config.h"

#include "yeji-loader.h"

#include <string.h>

/* No rule that a person can follow nests deeper; and what is read here comes from the network. */
#define MAX_DEPTH 8

/**
 * yeji_loader_open:
 *
 * Returns: (transfer full): a part, with its error set if it cannot be read
 */
YejiPart *
yeji_loader_open (YejiLoader *loader,
                  const char *file)
{
  g_autoptr (GBytes) bytes = loader->source (file, loader->data);
  YejiPart *part = yeji_part_new (file, bytes);

  if (part->root != NULL)
    json_object_set_member (loader->bundle, file, json_node_ref (part->root));
  return part;
}

/**
 * yeji_loader_finish:
 *
 * Returns: %FALSE with the first thing that was wrong in the part
 */
gboolean
yeji_loader_finish (YejiPart  *part,
                    GError   **error)
{
  if (part->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&part->error));
  return FALSE;
}

/**
 * yeji_loader_enter:
 *
 * Enters a new thing under its id, which nothing else of its kind may have.
 */
void
yeji_loader_enter (YejiPart   *part,
                   const char *place,
                   GHashTable *by_id,
                   const char *id,
                   gpointer    thing)
{
  if (g_hash_table_contains (by_id, id))
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE, "“%s” is there twice", id);
  else
    g_hash_table_insert (by_id, (gpointer) id, thing);
}

/**
 * yeji_loader_find:
 * @what: what kind of thing it is, for the reason
 *
 * Returns: (nullable): what has that id; the part fails if nothing has
 */
gpointer
yeji_loader_find (YejiPart   *part,
                  const char *place,
                  GHashTable *by_id,
                  const char *id,
                  const char *what)
{
  gpointer thing = g_hash_table_lookup (by_id, id);

  if (thing == NULL)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE, "no %s “%s”", what, id);
  return thing;
}

/**
 * yeji_loader_find_field:
 * @name: "Table.Field"
 *
 * Returns: (nullable): the field; the part fails if there is none
 */
const YejiFieldDef *
yeji_loader_find_field (YejiLoader *loader,
                        YejiPart   *part,
                        const char *place,
                        const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ".", 2);
  const YejiFieldDef *field = NULL;

  if (g_strv_length (parts) == 2)
    field = yeji_dictionary_find_field (loader->dictionary, parts[0], parts[1]);
  if (field == NULL)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_REFERENCE, "no field “%s”", name);
  return field;
}

/**
 * yeji_loader_read_roles:
 *
 * Returns: (transfer full) (element-type YejiRole): the roles that the member `roles` names
 */
GPtrArray *
yeji_loader_read_roles (YejiLoader *loader,
                        YejiPart   *part,
                        JsonObject *object,
                        const char *place)
{
  GPtrArray *roles = g_ptr_array_new ();
  g_auto (GStrv) ids = yeji_part_strings (part, object, place, "roles", TRUE);

  for (guint i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (roles, yeji_loader_find (part, place, loader->dictionary->roles_by_id, ids[i],
                                              "role"));
  return roles;
}

typedef struct
{
  YejiLoader *loader;
  YejiPart *part;
  const YejiTableDef *table;
  gboolean in_rows;            /* tests within a test of rows would be rows times rows */
} Reading;

/* A field of the row's table by its id, or one of the root as "Table.Field". */
static const YejiFieldDef *
find_condition_field (Reading    *reading,
                      const char *name,
                      const char *place)
{
  const YejiFieldDef *field = yeji_table_def_find_field (reading->table, name);

  if (field == NULL && strchr (name, '.') != NULL)
    field = yeji_loader_find_field (reading->loader, reading->part, place, name);
  if (field == NULL)
    yeji_part_fail (reading->part, place, YEJI_DICTIONARY_ERROR_REFERENCE,
                    "no field “%s” in “%s”", name, reading->table->id);
  else if (field->table != reading->table && field->table->index != 0)
    yeji_part_fail (reading->part, place, YEJI_DICTIONARY_ERROR_REFERENCE,
                    "“%s” is neither of the row nor of the root table", name);
  return field;
}

static YejiCondition *read_test (Reading    *reading,
                                 JsonObject *words,
                                 const char *place,
                                 guint       depth);

static GPtrArray *
read_parts (Reading    *reading,
            JsonObject *words,
            const char *place,
            const char *member,
            guint       depth)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_condition_free);
  JsonArray *array = yeji_part_objects (reading->part, words, place, member);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s/%s/%u", place, member, i);

      g_ptr_array_add (parts, read_test (reading, json_array_get_object_element (array, i), where,
                                         depth + 1));
    }
  if (parts->len == 0)
    yeji_part_fail (reading->part, place, YEJI_DICTIONARY_ERROR_SHAPE, "“%s” must not be empty",
                    member);
  return parts;
}

static void
read_rows_test (Reading       *reading,
                JsonObject    *words,
                const char    *place,
                guint          depth,
                YejiCondition *condition)
{
  JsonObject *where = yeji_part_object (reading->part, words, place, "where", FALSE);
  g_autofree char *below = g_strdup_printf ("%s/where", place);

  if (reading->in_rows)
    yeji_part_fail (reading->part, place, YEJI_DICTIONARY_ERROR_SHAPE,
                    "“rows” cannot be within the “where” of another");
  condition->kind = YEJI_CONDITION_ROWS;
  condition->table = yeji_loader_find (reading->part, place,
                                       reading->loader->dictionary->tables_by_id,
                                       yeji_part_id (reading->part, words, place, "rows"), "table");
  if (where != NULL && condition->table != NULL)
    {
      Reading inside = { reading->loader, reading->part, condition->table, TRUE };

      condition->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_condition_free);
      g_ptr_array_add (condition->parts, read_test (&inside, where, below, depth + 1));
    }
}

static void
read_field_test (Reading       *reading,
                 JsonObject    *words,
                 const char    *place,
                 YejiCondition *condition)
{
  YejiPart *part = reading->part;
  gboolean negated = json_object_has_member (words, "not_in");

  condition->field = find_condition_field (reading, yeji_part_id (part, words, place, "field"),
                                           place);
  if (json_object_get_size (words) != 2)
    yeji_part_fail (part, place, YEJI_DICTIONARY_ERROR_SHAPE, "must hold a field and one test");
  if (json_object_has_member (words, "above"))
    {
      condition->kind = YEJI_CONDITION_ABOVE;
      condition->above = yeji_part_double (part, words, place, "above", 0);
    }
  else if (yeji_part_true (part, words, place, "filled"))
    condition->kind = YEJI_CONDITION_FILLED;
  else if (yeji_part_true (part, words, place, "empty"))
    condition->kind = YEJI_CONDITION_EMPTY;
  else
    {
      condition->kind = negated ? YEJI_CONDITION_NOT_IN : YEJI_CONDITION_IN;
      condition->values = yeji_part_strings (part, words, place, negated ? "not_in" : "in", TRUE);
    }
}

static YejiCondition *
read_test (Reading    *reading,
           JsonObject *words,
           const char *place,
           guint       depth)
{
  YejiCondition *condition = g_new0 (YejiCondition, 1);

  if (depth > MAX_DEPTH)
    {
      yeji_part_fail (reading->part, place, YEJI_DICTIONARY_ERROR_SHAPE,
                      "conditions nest deeper than %d", MAX_DEPTH);
      return condition;
    }
  if (json_object_has_member (words, "all") || json_object_has_member (words, "any"))
    {
      gboolean all = json_object_has_member (words, "all");

      yeji_part_check_members (reading->part, words, place, all ? "all" : "any");
      condition->kind = all ? YEJI_CONDITION_ALL : YEJI_CONDITION_ANY;
      condition->parts = read_parts (reading, words, place, all ? "all" : "any", depth);
    }
  else if (json_object_has_member (words, "rows"))
    {
      yeji_part_check_members (reading->part, words, place, "rows where");
      read_rows_test (reading, words, place, depth, condition);
    }
  else
    {
      yeji_part_check_members (reading->part, words, place,
                               "field in not_in above filled empty");
      read_field_test (reading, words, place, condition);
    }
  return condition;
}

/**
 * yeji_loader_read_condition:
 * @table: (nullable): the table of the rows that are tested; %NULL: the root
 *
 * Returns: (nullable) (transfer full): the condition in @member, %NULL if there is none
 */
YejiCondition *
yeji_loader_read_condition (YejiLoader         *loader,
                            YejiPart           *part,
                            JsonObject         *object,
                            const char         *place,
                            const char         *member,
                            const YejiTableDef *table)
{
  JsonObject *words = yeji_part_object (part, object, place, member, FALSE);
  g_autofree char *where = g_strdup_printf ("%s/%s", place, member);
  Reading reading = { loader, part, table };

  if (words == NULL)
    return NULL;
  if (table == NULL)
    reading.table = yeji_dictionary_get_root (loader->dictionary);
  return read_test (&reading, words, where, 0);
}

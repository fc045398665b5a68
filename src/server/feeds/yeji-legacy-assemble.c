// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A record of the rows that belong to one project of the old system. */

#define G_LOG_DOMAIN "yeji-legacy"

#include "config.h"

#include "yeji-legacy-assemble.h"

#include <string.h>

#include "yeji-json.h"

/**
 * yeji_legacy_root_free:
 * @self: (transfer full)
 */
void
yeji_legacy_root_free (YejiLegacyRoot *self)
{
  g_free (self->id);
  g_free (self->num);
  g_free (self->code);
  g_free (self->sheet);
  g_strfreev (self->meta);
  g_free (self->data);
  g_free (self);
}

static GStrv
read_meta (const char *text)
{
  g_autoptr (JsonNode) node = yeji_json_parse (text, -1, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array;

  g_assert (node != NULL && JSON_NODE_HOLDS_ARRAY (node));
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *value = g_strdup (json_array_get_string_element (array, i));

      g_strv_builder_add (builder, g_strstrip (value));
    }
  return g_strv_builder_end (builder);
}

/**
 * yeji_legacy_list_roots:
 * @after: the number of the last one that is known, 0 for none
 *
 * Returns: (transfer full) (nullable) (element-type YejiLegacyRoot): the next projects
 */
GPtrArray *
yeji_legacy_list_roots (YejiSql  *stage,
                        gint64    after,
                        guint     most,
                        GError  **error)
{
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func (
    (GDestroyNotify) yeji_legacy_root_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (stage, error,
                                              "SELECT n, id, num, code, sheet, line, again, meta,"
                                              " data FROM root WHERE n > ?1 ORDER BY n LIMIT ?2",
                                              "ii", after, (gint64) most);

  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      YejiLegacyRoot *root = g_new0 (YejiLegacyRoot, 1);

      root->n = yeji_rows_int (rows, 0);
      root->id = yeji_rows_dup_text (rows, 1);
      root->num = yeji_rows_dup_text (rows, 2);
      root->code = yeji_rows_dup_text (rows, 3);
      root->sheet = yeji_rows_dup_text (rows, 4);
      root->line = (guint) yeji_rows_int (rows, 5);
      root->again = yeji_rows_int (rows, 6);
      root->meta = read_meta (yeji_rows_text (rows, 7));
      root->data = yeji_rows_dup_text (rows, 8);
      g_ptr_array_add (roots, root);
    }
  if (local_error == NULL)
    return g_steal_pointer (&roots);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* 2016-03-30 00:00:00, where a day is asked for */
static char *
cut_time (const YejiFieldDef *field,
          const char         *text)
{
  const char *blank = strpbrk (text, " T");

  if (field->kind == YEJI_FIELD_DATE && blank != NULL && blank - text >= 8
      && strspn (blank + 1, "0123456789:.+Z") == strlen (blank + 1))
    return g_strndup (text, (gsize) (blank - text));
  return g_strdup (text);
}

/* What the normaliser makes of it where it makes one thing only; what has two meanings stays as it
 * is, and the rules say what is wrong. */
static void
set_value (YejiRecord         *record,
           YejiNormaliser     *normaliser,
           YejiRow            *row,
           const YejiFieldDef *field,
           const char         *text)
{
  g_autofree char *value = cut_time (field, text);
  g_autoptr (GPtrArray) offers = NULL;

  if (!yeji_normaliser_accepts (normaliser, field, value))
    {
      offers = yeji_normaliser_offer (normaliser, field, value);
      if (offers->len == 1)
        {
          const YejiSuggestion *offer = g_ptr_array_index (offers, 0);

          g_free (value);
          value = g_strdup (offer->value);
        }
    }
  yeji_record_set (record, row, field, value);
}

static void
set_values (YejiRecord     *record,
            YejiNormaliser *normaliser,
            YejiRow        *row,
            const char     *data)
{
  const YejiTableDef *table = yeji_row_get_table (row);
  g_autoptr (JsonNode) node = yeji_json_parse (data, -1, NULL);
  JsonObject *object = yeji_json_node_object (node);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  g_assert (object != NULL);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    set_value (record, normaliser, row, yeji_table_def_find_field (table, name),
               json_node_get_string (member));
}

static gboolean
add_rows (YejiRecord      *record,
          YejiNormaliser  *normaliser,
          YejiRows        *rows,
          GError         **error)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));
  g_autoptr (GError) local_error = NULL;

  while (yeji_rows_next (rows, &local_error))
    {
      const YejiTableDef *table = g_ptr_array_index (tables, (guint) yeji_rows_int (rows, 0));

      /* the validator says that there are too many of what is no record any more */
      if (yeji_record_get_n_rows (record, table) < YEJI_RECORD_MAX_ROWS)
        set_values (record, normaliser, yeji_record_append_row (record, table),
                    yeji_rows_text (rows, 1));
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_legacy_assemble:
 *
 * Makes a record of a project's row and of the rows of the other tables that name its key, or,
 * where they have none, its number, and no other enterprise.
 *
 * Returns: (transfer full) (nullable): the record, or %NULL with an error of #YejiDbError
 */
YejiRecord *
yeji_legacy_assemble (YejiSql               *stage,
                      YejiDictionary        *dictionary,
                      YejiNormaliser        *normaliser,
                      const YejiLegacyRoot  *root,
                      const char            *uuid,
                      const char            *role,
                      GError               **error)
{
  g_autoptr (YejiRecord) record = yeji_record_new (dictionary, uuid, role);
  g_autoptr (YejiRows) rows = NULL;

  set_values (record, normaliser, yeji_record_get_project (record), root->data);
  if (*root->id != '\0')
    {
      rows = yeji_sql_query (stage, error,
                             "SELECT tab, data FROM child WHERE id = ?1 AND id <> ''"
                             " ORDER BY tab, n", "s", root->id);
      if (rows == NULL || !add_rows (record, normaliser, rows, error))
        return NULL;
      g_clear_pointer (&rows, yeji_rows_free);
    }
  if (*root->num == '\0')
    return g_steal_pointer (&record);
  rows = yeji_sql_query (stage, error,
                         "SELECT tab, data FROM child WHERE num = ?1 AND id = ''"
                         " AND (code = '' OR code = ?2) ORDER BY tab, n", "ss", root->num,
                         root->code);
  if (rows == NULL || !add_rows (record, normaliser, rows, error))
    return NULL;
  return g_steal_pointer (&record);
}

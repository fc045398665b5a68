// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-public"

#include "config.h"

#include "yeji-handlers.h"

#include <string.h>

#include "yeji-json.h"

#define PAGE 20
#define FILTER \
  " FROM publication WHERE (instr (lower (name), ?1) > 0 OR instr (lower (number), ?1) > 0" \
  "  OR instr (lower (enterprise), ?1) > 0)" \
  " AND substr (area, 1, length (?2)) = ?2 AND (?3 = '' OR grade = ?3)"

static const char * const members[] = {
  "uuid", "number", "name", "area", "enterprise", "grade", "office", "reviewer", "approved_at",
};

static const char *
get_query (YejiRequest *request,
           const char  *name)
{
  const char *value = yeji_request_get_query (request, name);

  return value != NULL ? value : "";
}

/* 220100 stands for everything below 2201, 220000 for everything below 22. */
static char *
get_area_prefix (YejiRequest *request)
{
  char *prefix = g_strdup (get_query (request, "area"));

  while (strlen (prefix) > 2 && g_str_has_suffix (prefix, "00"))
    prefix[strlen (prefix) - 2] = '\0';
  return prefix;
}

static JsonObject *
read_project (YejiRows *rows)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_string_member (object, members[i], yeji_rows_text (rows, (int) i));
  return object;
}

static gboolean
count_projects (YejiSql     *sql,
                const char  *text,
                const char  *area,
                const char  *grade,
                gint64      *total,
                GError     **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "SELECT count (*)" FILTER, "sss", text,
                                              area, grade);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *total = yeji_rows_int (rows, 0);
  return TRUE;
}

/**
 * yeji_public_list:
 *
 * `GET /v1/public/projects?q=TEXT&area=CODE&grade=A&page=1`
 */
YejiResponse *
yeji_public_list (YejiServerContext  *context,
                  YejiSql            *sql,
                  YejiRequest        *request,
                  GError            **error)
{
  g_autofree char *text = g_utf8_strdown (get_query (request, "q"), -1);
  g_autofree char *area = get_area_prefix (request);
  const char *grade = get_query (request, "grade");
  gint64 page = CLAMP (g_ascii_strtoll (get_query (request, "page"), NULL, 10), 1, G_MAXINT32);
  g_autoptr (JsonArray) projects = json_array_new ();
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 total;
  JsonObject *object;
  JsonNode *node;

  if (!count_projects (sql, text, area, grade, &total, error))
    return NULL;
  rows = yeji_sql_query (sql, error,
                         "SELECT uuid, number, name, area, enterprise, grade, office, reviewer,"
                         " approved_at" FILTER
                         " ORDER BY approved_at DESC, uuid LIMIT ?4 OFFSET ?5",
                         "sssii", text, area, grade, (gint64) PAGE, (page - 1) * PAGE);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    json_array_add_object_element (projects, read_project (rows));
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  object = json_object_new ();
  json_object_set_array_member (object, "projects", json_array_ref (projects));
  json_object_set_int_member (object, "total", total);
  json_object_set_int_member (object, "page", page);
  json_object_set_int_member (object, "pages", (total + PAGE - 1) / PAGE);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return yeji_response_new (200, node);
}

static void
remove_personal (YejiRecord         *record,
                 const YejiTableDef *table)
{
  for (guint i = 0; i < yeji_record_get_n_rows (record, table); i++)
    {
      YejiRow *row = yeji_record_get_row (record, table, i);

      /* What the dictionary does not know may be anything. */
      if (yeji_row_get_extras (row) != NULL)
        g_hash_table_remove_all (yeji_row_get_extras (row));
      for (guint j = 0; j < table->fields->len; j++)
        {
          const YejiFieldDef *field = g_ptr_array_index (table->fields, j);

          if (field->personal != YEJI_PERSONAL_NO)
            yeji_record_set (record, row, field, "");
        }
    }
}

/* The tables of a record by their members, without what is nobody's business. */
static JsonObject *
make_tables (YejiServerContext  *context,
             const char         *body,
             GError            **error)
{
  g_autoptr (YejiRecord) record = yeji_server_dictionary_read (context->versions, body, NULL, error);
  GPtrArray *tables = yeji_dictionary_get_tables (context->dictionary);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *all, *object;

  if (record == NULL)
    return NULL;
  for (guint i = 0; i < tables->len; i++)
    remove_personal (record, g_ptr_array_index (tables, i));
  node = yeji_record_to_json (record);
  all = json_node_get_object (node);
  object = json_object_new ();
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      if (json_object_has_member (all, table->member))
        json_object_set_member (object, table->member,
                                json_object_dup_member (all, table->member));
    }
  return object;
}

/**
 * yeji_public_get:
 *
 * `GET /v1/public/projects/{uuid}`
 */
YejiResponse *
yeji_public_get (YejiServerContext  *context,
                 YejiSql            *sql,
                 YejiRequest        *request,
                 GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;
  JsonObject *object, *tables;
  JsonNode *node;

  rows = yeji_sql_query (sql, error,
                         "SELECT uuid, number, name, area, enterprise, grade, office, reviewer,"
                         " approved_at, body FROM publication WHERE uuid = ?1",
                         "s", request->target);
  if (rows == NULL)
    return NULL;
  if (!yeji_rows_next (rows, &local_error))
    {
      if (local_error == NULL)
        return yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  tables = make_tables (context, yeji_rows_text (rows, G_N_ELEMENTS (members)), error);
  if (tables == NULL)
    return NULL;
  object = read_project (rows);
  json_object_set_object_member (object, "tables", tables);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return yeji_response_new (200, node);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-public"

#include "config.h"

#include "yeji-handlers.h"

#include "yeji-json.h"
#include "yeji-listing-search.h"
#include "yeji-public-trace.h"

/* A text that a project may be without. */
static void
set_nullable (JsonObject *object,
              const char *member,
              const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

static JsonObject *
listing_to_json (const YejiListing *listing)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "uuid", listing->uuid);
  json_object_set_string_member (object, "state", listing->state);
  json_object_set_string_member (object, "number", listing->number);
  json_object_set_string_member (object, "name", listing->name);
  json_object_set_string_member (object, "area", listing->area);
  json_object_set_string_member (object, "enterprise", listing->enterprise);
  set_nullable (object, "grade", listing->grade);
  set_nullable (object, "kind", listing->kind);
  set_nullable (object, "role", listing->role);
  set_nullable (object, "office", listing->office);
  set_nullable (object, "reviewer", listing->reviewer);
  set_nullable (object, "system", listing->system);
  set_nullable (object, "approved_at", listing->system == NULL ? listing->at : NULL);
  set_nullable (object, "declared_at", listing->system != NULL ? listing->at : NULL);
  return object;
}

static void
set_cursor (JsonObject *object,
            const char *member,
            gint64      id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  set_nullable (object, member, id != 0 ? text : NULL);
}

/**
 * yeji_public_list:
 *
 * `GET /v1/public/projects?q=TEXT&in=name&area=CODE&grade=A&kind=01&role=ID&state=ongoing
 * &order=oldest&after=CURSOR`
 */
YejiResponse *
yeji_public_list (YejiServerContext  *context,
                  YejiSql            *sql,
                  YejiRequest        *request,
                  GError            **error)
{
  g_autoptr (JsonArray) projects = json_array_new ();
  g_auto (YejiListingPage) page = { NULL };
  YejiListingQuery query;
  JsonObject *object;
  JsonNode *node;

  if (!yeji_listing_query_read (&query, context, request))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "搜索内容不得超过 64 字。",
                        "What is looked for has 64 characters at most.");
  if (!yeji_listing_search (sql, &query, &page, error))
    return NULL;
  for (guint i = 0; i < page.items->len; i++)
    json_array_add_object_element (projects,
                                   listing_to_json (g_ptr_array_index (page.items, i)));
  object = json_object_new ();
  json_object_set_array_member (object, "projects", json_array_ref (projects));
  json_object_set_int_member (object, "total", page.total);
  json_object_set_string_member (object, "total_is", page.at_least ? "least" : "exact");
  json_object_set_boolean_member (object, "partial", page.gave_up);
  set_cursor (object, "next", page.next);
  set_cursor (object, "previous", page.previous);
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
  g_autoptr (JsonNode) node = NULL;
  YejiListing listing;
  JsonObject *object, *tables;
  JsonArray *trace;

  rows = yeji_sql_query (sql, error,
                         "SELECT " YEJI_LISTING_COLUMNS ", (SELECT body FROM publication"
                         "  WHERE publication.uuid = listing.uuid) FROM listing WHERE uuid = ?1"
                         " AND " YEJI_STAGING_SEEN ("listing"), "s", request->target);
  if (rows == NULL)
    return NULL;
  if (!yeji_rows_next (rows, &local_error))
    {
      if (local_error == NULL)
        return yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  yeji_listing_read (rows, &listing);
  node = json_node_new (JSON_NODE_OBJECT);
  object = listing_to_json (&listing);
  json_node_take_object (node, object);
  if (!yeji_rows_is_null (rows, YEJI_LISTING_N_COLUMNS))
    {
      tables = make_tables (context, yeji_rows_text (rows, YEJI_LISTING_N_COLUMNS), error);
      if (tables == NULL)
        return NULL;
      json_object_set_object_member (object, "tables", tables);
    }
  trace = yeji_public_trace_to_json (context, sql, request->target, error);
  if (trace == NULL)
    return NULL;
  json_object_set_array_member (object, "trace", trace);
  return yeji_response_new (200, g_steal_pointer (&node));
}

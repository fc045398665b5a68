// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-qualifications"

#include "config.h"

#include "yeji-qualification-lists.h"

#include "yeji-json.h"

#define PAGE 50

static const char *
get_query (YejiRequest *request,
           const char  *name)
{
  const char *value = yeji_request_get_query (request, name);

  return value != NULL ? value : "";
}

/* What nobody stands behind is not read: it may be a draft of any shape. */
static JsonObject *
read_candidate (YejiRows                 *rows,
                YejiServerContext        *context,
                const YejiQualification  *kind,
                GError                  **error)
{
  static const char * const members[] = { "uuid", "name", "number", "area", "state" };
  YejiUseStanding standing = yeji_use_standing_from_state (yeji_rows_text (rows, 4));
  g_autofree double *values = g_new0 (double, kind->indicators->len + 1);
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  JsonObject *object;

  if (standing == YEJI_STANDING_APPROVED)
    {
      record = yeji_server_dictionary_read (context->versions, yeji_rows_text (rows, 7), NULL,
                                            error);
      if (record == NULL)
        return NULL;
      yeji_qualify_measure (kind, record, values);
    }
  reasons = yeji_qualify_list_reasons (context->dictionary, kind, record, standing,
                                       yeji_rows_text (rows, 5));
  object = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_string_member (object, members[i], yeji_rows_text (rows, (int) i));
  if (yeji_rows_is_null (rows, 5))
    json_object_set_null_member (object, "grade");
  else
    json_object_set_string_member (object, "grade", yeji_rows_text (rows, 5));
  json_object_set_boolean_member (object, "may", reasons->len == 0);
  json_object_set_array_member (object, "reasons", yeji_qualification_print_reasons (reasons));
  json_object_set_object_member (object, "values",
                                 record != NULL ? yeji_qualification_print_values (kind, values)
                                                : json_object_new ());
  return object;
}

static char *
print_uuids (JsonArray *candidates)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *uuids = json_array_new ();

  for (guint i = 0; i < json_array_get_length (candidates); i++)
    json_array_add_string_element (uuids, json_object_get_string_member
                                            (json_array_get_object_element (candidates, i),
                                             "uuid"));
  json_node_take_array (node, uuids);
  return yeji_json_print (node, FALSE);
}

static gboolean
read_page (YejiServerContext        *context,
           YejiSql                  *sql,
           YejiRequest              *request,
           const YejiQualification  *kind,
           gint64                    page,
           JsonArray                *candidates,
           gboolean                 *more,
           GError                  **error)
{
  g_autofree char *text = g_utf8_strdown (get_query (request, "q"), -1);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  *more = FALSE;
  rows = yeji_sql_query (sql, error,
                         "SELECT uuid, name, number, area, state, grade, approved_at, body"
                         " FROM record WHERE enterprise = ?1 AND state <> 'removed'"
                         " AND (?2 = '' OR instr (lower (name), ?2) > 0"
                         "  OR instr (lower (number), ?2) > 0)"
                         " ORDER BY state = 'approved' DESC, approved_at DESC, uuid"
                         " LIMIT ?3 OFFSET ?4", "ssii", request->account->enterprise, text,
                         (gint64) PAGE + 1, (page - 1) * PAGE);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      JsonObject *candidate;

      *more = json_array_get_length (candidates) == PAGE;
      if (*more)
        return TRUE;
      candidate = read_candidate (rows, context, kind, error);
      if (candidate == NULL)
        return FALSE;
      json_array_add_object_element (candidates, candidate);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_qualifications_list_candidates:
 *
 * `GET /v1/qualification-applications/candidates?kind=ID&q=TEXT&page=1`: the enterprise's records,
 * the approved ones first, whether each may be ticked for a list of that kind and why not, what it
 * would bring, and which lists carry it already.
 */
YejiResponse *
yeji_qualifications_list_candidates (YejiServerContext  *context,
                                     YejiSql            *sql,
                                     YejiRequest        *request,
                                     GError            **error)
{
  const YejiQualification *kind =
    yeji_qualifications_find (yeji_dictionary_get_qualifications (context->dictionary),
                              get_query (request, "kind"));
  gint64 page = CLAMP (g_ascii_strtoll (get_query (request, "page"), NULL, 10), 1, G_MAXINT32);
  g_autoptr (JsonArray) candidates = json_array_new ();
  g_autoptr (GHashTable) uses = NULL;
  g_autofree char *uuids = NULL;
  JsonObject *object;
  JsonNode *node;
  gboolean more;

  if (kind == NULL)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "没有这一类资质申报清单。",
                        "There is no such kind of qualification list.");
  if (!read_page (context, sql, request, kind, page, candidates, &more, error))
    return NULL;
  uuids = print_uuids (candidates);
  uses = yeji_qualification_find_uses (sql, request->account->enterprise, "", uuids, error);
  if (uses == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (candidates); i++)
    {
      JsonObject *candidate = json_array_get_object_element (candidates, i);

      yeji_qualification_set_uses (candidate, uses,
                                   json_object_get_string_member (candidate, "uuid"));
    }
  object = json_object_new ();
  json_object_set_string_member (object, "kind", kind->id);
  json_object_set_array_member (object, "records", json_array_ref (candidates));
  json_object_set_int_member (object, "page", page);
  json_object_set_boolean_member (object, "more", more);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return yeji_response_new (200, node);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-documents"

#include "config.h"

#include "yeji-handlers.h"

#include "yeji-case.h"
#include "yeji-json.h"

#define MAX_ASKED 1000

/**
 * yeji_documents_get:
 *
 * `GET /v1/files/{id}`: the content, for the enterprise and for reviewers of the area.
 */
YejiResponse *
yeji_documents_get (YejiServerContext  *context,
                YejiSql            *sql,
                YejiRequest        *request,
                GError            **error)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (YejiCase) found = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *sha256 = NULL;
  g_autofree char *type = NULL;
  gboolean submitted;
  YejiResponse *response;

  rows = yeji_sql_query (sql, error,
                         "SELECT record, sha256, filetype, submitted FROM file"
                         " WHERE id = ?1 AND complete = 1",
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
  g_free (request->target);
  request->target = yeji_rows_dup_text (rows, 0);
  sha256 = yeji_rows_dup_text (rows, 1);
  type = yeji_rows_dup_text (rows, 2);
  submitted = yeji_rows_int (rows, 3) != 0;

  found = yeji_case_load_for (context, sql, request, &response, error);
  if (found == NULL)
    return response;
  if (!submitted && request->account->role != YEJI_ACCOUNT_ENTERPRISE)
    return yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  response = yeji_response_new (200, NULL);
  response->file = yeji_upload_get_content_path (context->content_dir, sha256);
  response->type = g_steal_pointer (&type);
  /* A scan is looked at, never run: nothing in it may speak for the province's site. */
  yeji_response_set_header (response, "X-Content-Type-Options", "nosniff");
  yeji_response_set_header (response, "Content-Security-Policy", "sandbox; default-src 'none'");
  return response;
}

/* -1: failed */
static int
has_file (YejiSql     *sql,
          const char  *record,
          const char  *sha256,
          GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT 1 FROM file WHERE record = ?1 AND sha256 = ?2 AND complete = 1",
                         "ss", record, sha256);
  if (rows == NULL)
    return -1;
  if (yeji_rows_next (rows, &local_error))
    return 1;
  if (local_error == NULL)
    return 0;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

/**
 * yeji_documents_have:
 *
 * `POST /v1/files:have`: which of the sha256 are complete for the record.
 */
YejiResponse *
yeji_documents_have (YejiServerContext  *context,
                 YejiSql            *sql,
                 YejiRequest        *request,
                 GError            **error)
{
  const char *record = yeji_request_get_string (request, "record");
  JsonArray *asked = yeji_request_get_array (request, "sha256");
  g_autoptr (YejiCase) found = NULL;
  g_autoptr (JsonArray) have = json_array_new ();
  YejiResponse *refusal;
  JsonObject *object;
  JsonNode *node;

  if (record == NULL || asked == NULL || json_array_get_length (asked) > MAX_ASKED)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "record, sha256", "record, sha256");
  g_free (request->target);
  request->target = g_strdup (record);
  found = yeji_case_load_for (context, sql, request, &refusal, error);
  if (found == NULL)
    return refusal;
  for (guint i = 0; i < json_array_get_length (asked); i++)
    {
      const char *sha256 = yeji_json_node_string (json_array_get_element (asked, i));
      int there = sha256 != NULL ? has_file (sql, record, sha256, error) : 0;

      if (there < 0)
        return NULL;
      if (there > 0)
        json_array_add_string_element (have, sha256);
    }
  object = json_object_new ();
  json_object_set_array_member (object, "have", json_array_ref (have));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return yeji_response_new (200, node);
}

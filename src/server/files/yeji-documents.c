// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-documents"

#include "config.h"

#include "yeji-documents.h"

#include <string.h>

#include "yeji-case.h"
#include "yeji-json.h"

#define MAX_ASKED 1000

/**
 * yeji_documents_find:
 * @refusal: (out): why not
 *
 * Finds the document that the path names, if who asks may see it: its enterprise, and registered
 * reviewers of the area once it was submitted.
 *
 * Returns: (transfer full) (nullable): the document; %NULL with @refusal or with @error
 */
YejiDocument *
yeji_documents_find (YejiServerContext  *context,
                     YejiSql            *sql,
                     YejiRequest        *request,
                     YejiResponse      **refusal,
                     GError            **error)
{
  g_autoptr (YejiDocument) self = g_new0 (YejiDocument, 1);
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (YejiCase) found = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean submitted;

  *refusal = NULL;
  rows = yeji_sql_query (sql, error,
                         "SELECT record, sha256, filetype, submitted OR EXISTS (SELECT 1"
                         "  FROM application_evidence WHERE file = file.id), filename, length"
                         " FROM file WHERE id = ?1 AND complete = 1",
                         "s", request->target);
  if (rows == NULL)
    return NULL;
  if (!yeji_rows_next (rows, &local_error))
    {
      if (local_error == NULL)
        *refusal = yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
      else
        g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  g_free (request->target);
  request->target = yeji_rows_dup_text (rows, 0);
  self->sha256 = yeji_rows_dup_text (rows, 1);
  self->type = yeji_rows_dup_text (rows, 2);
  submitted = yeji_rows_int (rows, 3) != 0;
  self->filename = yeji_rows_dup_text (rows, 4);
  self->size = yeji_rows_int (rows, 5);
  self->path = yeji_upload_get_content_path (context->content_dir, self->sha256);

  found = yeji_case_load_for (context, sql, request, refusal, error);
  if (found == NULL)
    return NULL;
  if (request->account->role == YEJI_ACCOUNT_ENTERPRISE)
    return g_steal_pointer (&self);
  if (submitted)
    return yeji_audit_looks_note (context->looks, sql, request->account->name, request->target,
                                  self->sha256, error)
             ? g_steal_pointer (&self) : NULL;
  *refusal = yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  return NULL;
}

/**
 * yeji_document_free:
 * @self: (transfer full)
 *
 * Frees a document.
 */
void
yeji_document_free (YejiDocument *self)
{
  g_free (self->sha256);
  g_free (self->type);
  g_free (self->filename);
  g_free (self->path);
  g_free (self);
}

/* RFC 6266 with RFC 8187: the name as it came, but no path, no control character, no quote. */
static void
set_disposition (YejiResponse *response,
                 const char   *filename)
{
  const char *name = filename + strlen (filename);
  g_autoptr (GString) value = g_string_new ("inline; filename*=UTF-8''");

  while (name > filename && name[-1] != '/' && name[-1] != '\\')
    name--;
  for (const char *c = name; *c != '\0'; c++)
    if (g_ascii_isalnum (*c) || *c == '.' || *c == '-' || *c == '_')
      g_string_append_c (value, *c);
    else if ((guchar) *c >= 0x20 && *c != 0x7f)
      g_string_append_printf (value, "%%%02X", (guint) (guchar) *c);
  yeji_response_set_header (response, "Content-Disposition", value->str);
}

/* The bounds of `bytes=FIRST-LAST`, `bytes=FIRST-` and `bytes=-LENGTH`; FALSE for everything else,
 * several ranges too, which RFC 9110 lets a server send as a whole. */
static gboolean
read_range (const char *header,
            gint64      size,
            gint64     *first,
            gint64     *last)
{
  g_auto (GStrv) ends = NULL;
  guint64 begin = 0, end = G_MAXINT64;

  if (header == NULL || !g_str_has_prefix (header, "bytes="))
    return FALSE;
  ends = g_strsplit (header + strlen ("bytes="), "-", -1);
  if (g_strv_length (ends) != 2 || (*ends[0] == '\0' && *ends[1] == '\0'))
    return FALSE;
  if ((*ends[0] != '\0' && !g_ascii_string_to_unsigned (ends[0], 10, 0, G_MAXINT64, &begin, NULL))
      || (*ends[1] != '\0' && !g_ascii_string_to_unsigned (ends[1], 10, 0, G_MAXINT64, &end, NULL))
      || (*ends[0] != '\0' && end < begin))
    return FALSE;
  if (*ends[0] == '\0')
    {
      *first = end == 0 ? size : size - (gint64) MIN (end, (guint64) size);
      *last = size - 1;
    }
  else
    {
      *first = (gint64) begin;
      *last = MIN ((gint64) end, size - 1);
    }
  return TRUE;
}

static YejiResponse *
refuse_range (YejiRequest *request,
              gint64       size)
{
  YejiResponse *response = yeji_refuse_status (request, 416, YEJI_WIRE_MALFORMED, NULL, NULL);
  g_autofree char *range = g_strdup_printf ("bytes */%" G_GINT64_FORMAT, size);

  yeji_response_set_header (response, "Content-Range", range);
  return response;
}

/* The whole, or the part that was asked for. */
static YejiResponse *
answer_content (YejiRequest  *request,
                YejiDocument *document,
                const char   *tag)
{
  const char *condition = yeji_request_get_header (request, "if-range");
  gint64 first = 0, last = document->size - 1;
  g_autofree char *range = NULL;
  YejiResponse *response;

  if ((condition != NULL && !g_str_equal (condition, tag))
      || !read_range (yeji_request_get_header (request, "range"), document->size, &first, &last))
    response = yeji_response_new (200, NULL);
  else if (first >= document->size)
    return refuse_range (request, document->size);
  else
    {
      response = yeji_response_new (206, NULL);
      range = g_strdup_printf ("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                               first, last, document->size);
      yeji_response_set_header (response, "Content-Range", range);
    }
  response->file = g_strdup (document->path);
  response->type = g_strdup (document->type);
  response->first = first;
  response->n_bytes = last - first + 1;
  return response;
}

/**
 * yeji_documents_get:
 *
 * `GET /v1/files/{id}`: the content or a part of it, for the enterprise and for reviewers of the
 * area.
 */
YejiResponse *
yeji_documents_get (YejiServerContext  *context,
                    YejiSql            *sql,
                    YejiRequest        *request,
                    GError            **error)
{
  g_autoptr (YejiDocument) document = NULL;
  g_autofree char *tag = NULL;
  YejiResponse *response;

  document = yeji_documents_find (context, sql, request, &response, error);
  if (document == NULL)
    return response;
  tag = g_strdup_printf ("\"%s\"", document->sha256);
  if (yeji_request_knows (request, tag))
    response = yeji_response_new (304, NULL);
  else
    response = answer_content (request, document, tag);
  yeji_response_set_header (response, "ETag", tag);
  /* Nobody keeps it without asking again whether he may. */
  yeji_response_set_header (response, "Cache-Control", "private, no-cache");
  yeji_response_set_header (response, "Accept-Ranges", "bytes");
  set_disposition (response, document->filename);
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
  return yeji_sql_has_row (sql, error,
                           "SELECT 1 FROM file LEFT JOIN content USING (sha256, filetype)"
                           " WHERE record = ?1 AND sha256 = ?2 AND complete = 1"
                           "  AND coalesce (verdict, 'good') IN ('good', 'unknown')",
                           "ss", record, sha256);
}

/**
 * yeji_documents_have:
 *
 * `POST /v1/files:have`: which of the sha256 are complete for the record, and not known to be
 * damaged.
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

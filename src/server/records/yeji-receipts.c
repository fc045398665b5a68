// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-submissions"

#include "config.h"

#include "yeji-receipts.h"

#include "yeji-announced.h"
#include "yeji-json.h"
#include "yeji-signed-receipt.h"

static void
set_text (JsonObject *object,
          const char *member,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

static char *
print_revision (gint64 revision)
{
  return g_strdup_printf ("r%" G_GINT64_FORMAT, revision);
}

/**
 * yeji_receipts_write:
 * @found: a record that was submitted
 *
 * Signs what is known of the last submission, and keeps that for good. It is called when a record
 * is submitted and when the last of its documents came, in that transaction.
 *
 * Returns: (transfer full) (nullable): the receipt as JSON, see #YejiSignedReceipt
 */
char *
yeji_receipts_write (YejiServerContext  *context,
                     YejiSql            *sql,
                     YejiCase           *found,
                     GError            **error)
{
  g_autofree char *revision = print_revision (found->submitted_revision);
  g_autofree char *files = yeji_announced_print (sql, found->uuid, error);
  const YejiSignedReceipt said = {
    .uuid = found->uuid,
    .enterprise = found->enterprise,
    .revision = revision,
    .submitted_at = found->submitted_at,
    .record_sha256 = found->submitted_hash,
    .files_complete_at = found->files_complete_at,
  };
  g_autofree char *text = NULL;

  if (files == NULL)
    return NULL;
  text = yeji_receipt_print (&said, files, yeji_receipt_keys_get_secret (context->receipt_keys),
                             error);
  if (text == NULL
      || !yeji_sql_exec (sql, error, "INSERT INTO receipt (record, body) VALUES (?1, ?2)", "ss",
                         found->uuid, text))
    return NULL;
  return g_steal_pointer (&text);
}

/* All that were signed, the oldest first. */
static JsonArray *
read_signed (YejiSql     *sql,
             const char  *record,
             GError     **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT body FROM receipt WHERE record = ?1"
                                              " ORDER BY seq", "s", record);

  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      JsonNode *node = yeji_json_parse (yeji_rows_text (rows, 0), -1, error);

      if (node == NULL)
        return NULL;
      json_array_add_element (array, node);
    }
  if (local_error == NULL)
    return g_steal_pointer (&array);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static JsonNode *
make_answer (YejiCase  *found,
             JsonArray *files,
             JsonArray *receipts)
{
  const guint n = json_array_get_length (receipts);
  g_autofree char *revision = print_revision (found->submitted_revision);
  JsonNode *node = json_node_init_object (json_node_alloc (), NULL);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  json_object_set_string_member (object, "uuid", found->uuid);
  json_object_set_string_member (object, "revision", revision);
  set_text (object, "sha256", found->submitted_hash);
  json_object_set_string_member (object, "submitted_at", found->submitted_at);
  json_object_set_array_member (object, "files", files);
  set_text (object, YEJI_WIRE_MEMBER_FILES_COMPLETE_AT, found->files_complete_at);
  set_text (object, YEJI_WIRE_MEMBER_FILES_DUE_AT, found->files_due_at);
  json_object_set_member (object, YEJI_WIRE_MEMBER_RECEIPT,
                          n > 0 ? json_node_copy (json_array_get_element (receipts, n - 1))
                                : json_node_new (JSON_NODE_NULL));
  json_object_set_array_member (object, "receipts", receipts);
  return node;
}

/**
 * yeji_receipts_get:
 *
 * `GET /v1/records/{uuid}/receipts`: what was submitted last and when, when which of its documents
 * came, and the receipts of all its submissions.
 */
YejiResponse *
yeji_receipts_get (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = yeji_case_load_for (context, sql, request, &refusal, error);
  g_autoptr (JsonArray) files = NULL;
  g_autoptr (JsonArray) receipts = NULL;

  if (found == NULL)
    return refusal;
  if (found->submitted_at == NULL)
    return yeji_refuse (request, YEJI_WIRE_NOT_FOUND, "尚未提交，没有回执。",
                        "It was not submitted yet: there is no receipt.");
  files = yeji_announced_list (sql, found->uuid, error);
  receipts = files != NULL ? read_signed (sql, found->uuid, error) : NULL;
  if (receipts == NULL)
    return NULL;
  return yeji_response_new (200, make_answer (found, g_steal_pointer (&files),
                                              g_steal_pointer (&receipts)));
}

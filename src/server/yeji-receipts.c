// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-submissions"

#include "config.h"

#include "yeji-announced.h"
#include "yeji-case.h"

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

/**
 * yeji_receipts_get:
 *
 * `GET /v1/records/{uuid}/receipts`: what was submitted last and when, and when which of its
 * documents came.
 */
YejiResponse *
yeji_receipts_get (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   GError            **error)
{
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = yeji_case_load_for (context, sql, request, &refusal, error);
  g_autofree char *revision = NULL;
  JsonArray *files;
  JsonObject *object;
  JsonNode *node;

  if (found == NULL)
    return refusal;
  if (found->submitted_at == NULL)
    return yeji_refuse (request, YEJI_WIRE_NOT_FOUND, "尚未提交，没有回执。",
                        "It was not submitted yet: there is no receipt.");
  files = yeji_announced_list (sql, found->uuid, error);
  if (files == NULL)
    return NULL;
  revision = g_strdup_printf ("r%" G_GINT64_FORMAT, found->submitted_revision);
  object = json_object_new ();
  json_object_set_string_member (object, "uuid", found->uuid);
  json_object_set_string_member (object, "revision", revision);
  set_text (object, "sha256", found->submitted_hash);
  json_object_set_string_member (object, "submitted_at", found->submitted_at);
  json_object_set_array_member (object, "files", files);
  set_text (object, YEJI_WIRE_MEMBER_FILES_COMPLETE_AT, found->files_complete_at);
  set_text (object, YEJI_WIRE_MEMBER_FILES_DUE_AT, found->files_due_at);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return yeji_response_new (200, node);
}

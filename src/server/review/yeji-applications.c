// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What an enterprise asks of the province for a record that is approved. */

#define G_LOG_DOMAIN "yeji-applications"

#include "config.h"

#include "yeji-handlers.h"

#include <string.h>

#include <sodium.h>

#include "yeji-case-application.h"
#include "yeji-audit.h"
#include "yeji-clock.h"
#include "yeji-correction.h"
#include "yeji-digest.h"
#include "yeji-json.h"

#define MAX_KEY 200
#define MAX_TEXT 2000
#define MAX_EVIDENCE 50
#define ID_BYTES 16

static char *
make_id (void)
{
  guint8 bytes[ID_BYTES];
  char text[ID_BYTES * 2 + 1];

  randombytes_buf (bytes, sizeof bytes);
  return g_strdup (sodium_bin2hex (text, sizeof text, bytes, sizeof bytes));
}

/* The precondition is no part of it: who lost the answer asks again with a newer one. */
static char *
hash_request (YejiRequest *request,
              const char  *kind)
{
  g_autofree char *body = request->body != NULL ? yeji_json_print (request->body, FALSE)
                                                : g_strdup ("");
  g_autofree char *text = g_strjoin ("\n", request->target, kind, body, NULL);

  return yeji_digest_sum_text (text);
}

/* What the key was used for before; NULL without an error when it is new. */
static YejiResponse *
answer_again (YejiServerContext  *context,
              YejiSql            *sql,
              YejiRequest        *request,
              const char         *key,
              const char         *hash,
              GError            **error)
{
  g_autoptr (YejiApplication) earlier = NULL;

  earlier = yeji_application_load_by_key (sql, request->account->enterprise, key, error);
  if (earlier == NULL)
    return NULL;
  if (!g_str_equal (earlier->request_hash, hash))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "此 Idempotency-Key 已用于另一请求。",
                        "This Idempotency-Key was used for another request.");
  return yeji_application_answer (earlier, context, sql, request, 200, error);
}

static YejiResponse *
refuse_reason (YejiRequest *request)
{
  const char *reason = yeji_request_get_string (request, "reason");
  g_autofree char *stripped = reason != NULL ? g_strstrip (g_strdup (reason)) : NULL;

  if (stripped != NULL && *stripped != '\0' && g_utf8_strlen (reason, -1) <= MAX_TEXT)
    return NULL;
  return yeji_refuse (request, YEJI_WIRE_MALFORMED, "须写明原因，不超过 2000 字。",
                      "A reason is needed, of 2,000 characters at most.");
}

static YejiResponse *
refuse_evidence (YejiRequest *request,
                 gboolean     needed)
{
  JsonArray *array = yeji_request_get_array (request, "evidence");
  guint length = array != NULL ? json_array_get_length (array) : 0;

  if (length > MAX_EVIDENCE || (length == 0 && needed))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "须附依据材料，1 至 50 份。",
                        "From 1 to 50 documents are needed as evidence.");
  for (guint i = 0; i < length; i++)
    {
      const char *sum = yeji_json_node_string (json_array_get_element (array, i));

      if (sum == NULL || strlen (sum) != 64 || strspn (sum, "0123456789abcdef") != 64)
        return yeji_refuse (request, YEJI_WIRE_MALFORMED, "evidence 应列出材料的 sha256。",
                            "evidence must list the sha256 of documents.");
    }
  return NULL;
}

/* What may be asked for is what is approved; D is completed, not corrected. */
static YejiResponse *
refuse_state (YejiSql      *sql,
              YejiRequest  *request,
              YejiCase     *found,
              const char   *kind,
              GError      **error)
{
  g_autoptr (YejiApplication) open = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 revision;

  if (!yeji_request_get_revision (request, &revision))
    return yeji_refuse (request, YEJI_WIRE_PRECONDITION, NULL, NULL);
  if (!g_str_equal (found->state, YEJI_STATE_APPROVED))
    return yeji_case_refuse_state (found, request);
  if (g_str_equal (kind, YEJI_APPLICATION_CORRECTION)
      && g_strcmp0 (found->grade, YEJI_GRADE_INCOMPLETE) == 0)
    return yeji_refuse (request, YEJI_WIRE_STATE, "D 级业绩可直接补充完善后重新提交，不需申请修正。",
                        "A record of grade D is completed and submitted again: no correction is"
                        " needed.");
  open = yeji_application_load_open (sql, found->uuid, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (open != NULL)
    return yeji_refuse (request, YEJI_WIRE_STATE, "这条业绩已有一项申请，请等待决定或先撤销该申请。",
                        "Another application for this record waits for its decision.");
  if (revision != found->revision)
    return yeji_case_refuse_stale (found, sql, request, error);
  return NULL;
}

static void
add_missing (YejiRequest *request,
             const char  *sum,
             GPtrArray   *missing)
{
  g_autofree char *pointer = g_strconcat ("/evidence/", sum, NULL);
  const char *message = request->language == YEJI_LANGUAGE_EN
                          ? "This document has not arrived: send it."
                          : "这份依据材料尚未上传完成，请先上传。";

  g_ptr_array_add (missing, yeji_problem_new ("", YEJI_SEVERITY_ERROR, pointer, message));
}

/* Writes which documents are the evidence; they are there. A document of the record itself may be
 * one, too. */
static gboolean
write_evidence (YejiApplication  *self,
                YejiSql          *sql,
                YejiRequest      *request,
                GError          **error)
{
  JsonArray *array = yeji_request_get_array (request, "evidence");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!yeji_sql_exec (sql, error,
                        "INSERT INTO application_evidence (application, position, file, sha256,"
                        "  filename, filetype, length)"
                        " SELECT ?1, ?2, min (id), sha256, filename, filetype, length FROM file"
                        "  WHERE record = ?3 AND sha256 = ?4 AND complete = 1 GROUP BY sha256",
                        "siss", self->id, (gint64) i, self->uuid,
                        json_array_get_string_element (array, i)))
      return FALSE;
  return TRUE;
}

/* Which of the evidence is not there, before anything is written. */
static YejiResponse *
refuse_missing (YejiSql      *sql,
                YejiRequest  *request,
                GError      **error)
{
  JsonArray *array = yeji_request_get_array (request, "evidence");
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *sum = json_array_get_string_element (array, i);
      const int found = yeji_sql_has_row (sql, error,
                                          "SELECT 1 FROM file WHERE record = ?1 AND sha256 = ?2"
                                          " AND complete = 1", "ss", request->target, sum);

      if (found < 0)
        return NULL;
      if (found == 0)
        add_missing (request, sum, missing);
    }
  return missing->len > 0 ? yeji_refuse_errors (request, YEJI_WIRE_MISSING_FILES, missing) : NULL;
}

static YejiResponse *
store (YejiServerContext  *context,
       YejiSql            *sql,
       YejiRequest        *request,
       YejiCase           *found,
       const char         *kind,
       JsonNode           *changes,
       const char         *key,
       const char         *hash,
       GError            **error)
{
  g_autoptr (YejiApplication) made = g_new0 (YejiApplication, 1);
  g_autofree char *what = g_strdup_printf ("%s.requested", kind);
  YejiResponse *response;

  made->id = make_id ();
  made->uuid = g_strdup (found->uuid);
  made->enterprise = g_strdup (found->enterprise);
  made->kind = g_strdup (kind);
  made->state = g_strdup (YEJI_APPLICATION_REQUESTED);
  made->reason = g_strdup (yeji_request_get_string (request, "reason"));
  made->changes = changes != NULL ? yeji_json_print (changes, FALSE) : g_strdup ("[]");
  made->revision = found->revision;
  made->account = g_strdup (request->account->name);
  made->key = g_strdup (key);
  made->request_hash = g_strdup (hash);
  made->at = yeji_clock_now ();
  if (!yeji_application_insert (made, sql, error)
      || !write_evidence (made, sql, request, error)
      || !yeji_application_write_change (made, context, sql, found, FALSE, error)
      || !yeji_audit_write (sql, request->account->name, what, found->uuid, made->id, error))
    return NULL;
  response = yeji_application_answer (made, context, sql, request, 201, error);
  if (response != NULL)
    response->changed = TRUE;
  return response;
}

/* What is to be changed, if that may be asked for; NULL with a refusal or an error. */
static JsonNode *
read_changes (YejiServerContext  *context,
              YejiSql            *sql,
              YejiRequest        *request,
              YejiCase           *found,
              YejiResponse      **refusal,
              GError            **error)
{
  g_autoptr (YejiRecord) record = yeji_case_read_record (found, context, NULL, error);
  g_autoptr (JsonNode) changes = NULL;
  g_autoptr (GError) local_error = NULL;

  if (record == NULL)
    return NULL;
  changes = yeji_correction_read (context, request, record, refusal);
  if (changes == NULL)
    return NULL;
  *refusal = yeji_correction_apply (context, request, record, json_node_get_array (changes), NULL);
  if (*refusal == NULL)
    *refusal = yeji_correction_check (context, sql, request, found, record, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (*refusal == NULL)
    return g_steal_pointer (&changes);
  return NULL;
}

static YejiResponse *
apply (YejiServerContext  *context,
       YejiSql            *sql,
       YejiRequest        *request,
       const char         *kind,
       GError            **error)
{
  gboolean corrects = g_str_equal (kind, YEJI_APPLICATION_CORRECTION);
  const char *key = yeji_request_get_header (request, "idempotency-key");
  g_autofree char *hash = hash_request (request, kind);
  g_autoptr (YejiCase) found = NULL;
  g_autoptr (JsonNode) changes = NULL;
  g_autoptr (GError) local_error = NULL;
  YejiResponse *answer = NULL;

  if (key == NULL || *key == '\0' || strlen (key) > MAX_KEY)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "需要 Idempotency-Key。",
                        "An Idempotency-Key is required.");
  /* what was answered once is answered so whatever became of the record since */
  answer = answer_again (context, sql, request, key, hash, &local_error);
  if (answer == NULL && local_error == NULL)
    {
      found = yeji_case_load_for (context, sql, request, &answer, &local_error);
      if (found != NULL)
        answer = refuse_reason (request);
    }
  if (answer == NULL && local_error == NULL)
    answer = refuse_evidence (request, corrects);
  if (answer == NULL && local_error == NULL)
    answer = refuse_state (sql, request, found, kind, &local_error);
  if (answer == NULL && local_error == NULL && corrects)
    changes = read_changes (context, sql, request, found, &answer, &local_error);
  if (answer == NULL && local_error == NULL)
    answer = refuse_missing (sql, request, &local_error);
  if (local_error != NULL)
    {
      g_clear_pointer (&answer, yeji_response_free);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return answer != NULL ? answer
                        : store (context, sql, request, found, kind, changes, key, hash, error);
}

/**
 * yeji_applications_correct:
 *
 * `POST /v1/records/{uuid}/corrections`: an enterprise asks to have an approved record corrected.
 * It happens once for an Idempotency-Key; the same request gets the application as it is by then.
 */
YejiResponse *
yeji_applications_correct (YejiServerContext  *context,
                           YejiSql            *sql,
                           YejiRequest        *request,
                           GError            **error)
{
  return apply (context, sql, request, YEJI_APPLICATION_CORRECTION, error);
}

/**
 * yeji_applications_withdraw:
 *
 * `POST /v1/records/{uuid}:apply-withdrawal`: an enterprise asks to have an approved record taken
 * off the public page.
 */
YejiResponse *
yeji_applications_withdraw (YejiServerContext  *context,
                            YejiSql            *sql,
                            YejiRequest        *request,
                            GError            **error)
{
  return apply (context, sql, request, YEJI_APPLICATION_WITHDRAWAL, error);
}

/**
 * yeji_applications_list_of_record:
 *
 * `GET /v1/records/{uuid}/corrections`: all applications of a record, the oldest first.
 */
YejiResponse *
yeji_applications_list_of_record (YejiServerContext  *context,
                                  YejiSql            *sql,
                                  YejiRequest        *request,
                                  GError            **error)
{
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = yeji_case_load_for (context, sql, request, &refusal, error);
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonArray) array = json_array_new ();
  JsonNode *node;

  if (found == NULL)
    return refusal;
  rows = yeji_sql_query (sql, error, "SELECT id FROM application WHERE uuid = ?1 ORDER BY at, id",
                         "s", found->uuid);
  while (rows != NULL && yeji_rows_next (rows, &local_error))
    {
      g_autoptr (YejiApplication) one = NULL;

      one = yeji_application_load (sql, yeji_rows_text (rows, 0), error);
      node = one != NULL ? yeji_application_to_json (one, context, sql, request, error) : NULL;
      if (node == NULL)
        return NULL;
      json_array_add_element (array, node);
    }
  if (rows == NULL || local_error != NULL)
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, json_object_new ());
  json_object_set_array_member (json_node_get_object (node), "corrections",
                                g_steal_pointer (&array));
  return yeji_response_new (200, node);
}

/**
 * yeji_applications_cancel:
 *
 * `POST /v1/corrections/{id}:cancel`: the enterprise takes its application back before anybody
 * decided on it.
 */
YejiResponse *
yeji_applications_cancel (YejiServerContext  *context,
                          YejiSql            *sql,
                          YejiRequest        *request,
                          GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiApplication) self = yeji_application_load (sql, request->target, &local_error);
  g_autoptr (YejiCase) found = NULL;
  g_autofree char *what = NULL;
  YejiResponse *response;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (self == NULL || g_strcmp0 (self->enterprise, request->account->enterprise) != 0)
    return yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  if (g_str_equal (self->state, YEJI_APPLICATION_CANCELLED))
    return yeji_application_answer (self, context, sql, request, 200, error);
  if (!g_str_equal (self->state, YEJI_APPLICATION_REQUESTED))
    return yeji_refuse (request, YEJI_WIRE_STATE, "申请已有决定。", "It is decided already.");
  found = yeji_case_load (sql, self->uuid, error);
  what = g_strdup_printf ("%s.cancelled", self->kind);
  if (found == NULL
      || !yeji_application_decide (self, context, sql, NULL, YEJI_APPLICATION_CANCELLED, NULL,
                                   error)
      || !yeji_application_write_change (self, context, sql, found, FALSE, error)
      || !yeji_audit_write (sql, request->account->name, what, self->uuid, self->id, error))
    return NULL;
  response = yeji_application_answer (self, context, sql, request, 200, error);
  if (response != NULL)
    response->changed = TRUE;
  return response;
}

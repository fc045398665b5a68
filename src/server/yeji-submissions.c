// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-submissions"

#include "config.h"

#include "yeji-handlers.h"

#include <string.h>

#include "yeji-audit.h"
#include "yeji-case.h"
#include "yeji-clock.h"
#include "yeji-json.h"

#define MAX_KEY 200

/* A document that the client says belongs to the submission. */
typedef struct
{
  const char *slot;
  const char *sha256;
} Announced;

static const char *
find_rule (YejiServerContext *context,
           YejiRuleKind       kind)
{
  GPtrArray *rules = yeji_dictionary_get_rules (context->dictionary);

  for (guint i = 0; i < rules->len; i++)
    {
      const YejiRule *rule = g_ptr_array_index (rules, i);

      if (rule->kind == kind)
        return rule->id;
    }
  return "";
}

static gboolean
is_of_kind (YejiServerContext *context,
            YejiProblem       *problem,
            YejiRuleKind       kind)
{
  const YejiRule *rule = yeji_dictionary_find_rule (context->dictionary,
                                                    yeji_problem_get_rule (problem));

  return rule != NULL && rule->kind == kind;
}

static char *
hash_request (YejiRequest *request)
{
  g_autofree char *body = request->body != NULL ? yeji_json_print (request->body, FALSE)
                                                : g_strdup ("");
  const char *match = yeji_request_get_header (request, "if-match");
  g_autofree char *text = g_strjoin ("\n", request->target, match != NULL ? match : "", body, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* The answer that this key got before; NULL without an error when it is new. */
static YejiResponse *
answer_again (YejiSql      *sql,
              YejiRequest  *request,
              const char   *key,
              const char   *hash,
              GError      **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT request_hash, answer FROM submission"
                         " WHERE account = ?1 AND key = ?2",
                         "ss", request->account->name, key);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  if (!g_str_equal (yeji_rows_text (rows, 0), hash))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "此 Idempotency-Key 已用于另一请求。",
                        "This Idempotency-Key was used for another request.");
  return yeji_response_new (200, yeji_json_parse (yeji_rows_text (rows, 1), -1, error));
}

static GArray *
read_announced (YejiServerContext *context,
                YejiRequest       *request)
{
  JsonArray *array = yeji_request_get_array (request, "files");
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Announced));

  if (array == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = yeji_json_node_object (json_array_get_element (array, i));
      Announced announced = { NULL };

      if (object != NULL)
        {
          announced.slot = yeji_json_get_string (object, "slot");
          announced.sha256 = yeji_json_get_string (object, "sha256");
        }
      if (announced.slot == NULL || announced.sha256 == NULL
          || yeji_dictionary_find_slot (context->dictionary, announced.slot) == NULL
          || strlen (announced.sha256) != 64)
        return NULL;
      g_array_append_val (list, announced);
    }
  return g_steal_pointer (&list);
}

/* -1: failed */
static int
has_arrived (YejiSql          *sql,
             const char       *uuid,
             const Announced  *announced,
             GError          **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT 1 FROM file WHERE record = ?1 AND sha256 = ?2 AND slot = ?3"
                         " AND complete = 1",
                         "sss", uuid, announced->sha256, announced->slot);
  if (rows == NULL)
    return -1;
  if (yeji_rows_next (rows, &local_error))
    return 1;
  if (local_error == NULL)
    return 0;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

static void
add_missing_file (YejiServerContext *context,
                  YejiRequest       *request,
                  GPtrArray         *problems,
                  const char        *sha256)
{
  g_autofree char *pointer = g_strconcat ("/files/", sha256, NULL);
  const char *message = request->language == YEJI_LANGUAGE_EN
                          ? "This document was announced and has not arrived: send it."
                          : "这份材料已列入提交清单，但尚未上传完成，请先上传。";

  g_ptr_array_add (problems,
                   yeji_problem_new (find_rule (context, YEJI_RULE_ROLE_DOCUMENTS),
                                     YEJI_SEVERITY_ERROR, pointer, message));
}

/* Which slots have a document; what has not arrived is added to @missing. */
static GStrv
check_files (YejiServerContext  *context,
             YejiSql            *sql,
             YejiRequest        *request,
             GArray             *announced,
             GPtrArray          *missing,
             GError            **error)
{
  g_autoptr (GStrvBuilder) slots = g_strv_builder_new ();

  for (guint i = 0; i < announced->len; i++)
    {
      const Announced *file = &g_array_index (announced, Announced, i);
      int arrived = has_arrived (sql, request->target, file, error);

      if (arrived < 0)
        return NULL;
      if (arrived > 0)
        g_strv_builder_add (slots, file->slot);
      else
        add_missing_file (context, request, missing, file->sha256);
    }
  return g_strv_builder_end (slots);
}

/* What speaks against the record; NULL when nothing does, or with an error. */
static YejiResponse *
check (YejiServerContext  *context,
       YejiSql            *sql,
       YejiRequest        *request,
       YejiRecord         *record,
       GArray             *announced,
       GError            **error)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) problems = NULL;
  g_autofree char *today = yeji_clock_today ();
  g_auto (GStrv) slots = check_files (context, sql, request, announced, missing, error);

  if (slots == NULL)
    return NULL;
  problems = yeji_validator_check (context->validators[request->language], record, today,
                                   (const char * const *) slots);
  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);

      if (yeji_problem_get_severity (problem) < YEJI_SEVERITY_ERROR)
        continue;
      g_ptr_array_add (is_of_kind (context, problem, YEJI_RULE_ROLE_DOCUMENTS) ? missing : wrong,
                       g_object_ref (problem));
    }
  if (wrong->len > 0)
    return yeji_refuse_errors (request, YEJI_WIRE_INVALID, wrong);
  return missing->len > 0 ? yeji_refuse_errors (request, YEJI_WIRE_MISSING_FILES, missing) : NULL;
}

static gboolean
mark_files (YejiSql     *sql,
            const char  *uuid,
            GArray      *announced,
            GError     **error)
{
  if (!yeji_sql_exec (sql, error, "UPDATE file SET submitted = 0 WHERE record = ?1", "s", uuid))
    return FALSE;
  for (guint i = 0; i < announced->len; i++)
    {
      const Announced *file = &g_array_index (announced, Announced, i);

      if (!yeji_sql_exec (sql, error,
                          "UPDATE file SET submitted = 1"
                          " WHERE record = ?1 AND sha256 = ?2 AND slot = ?3 AND complete = 1",
                          "sss", uuid, file->sha256, file->slot))
        return FALSE;
    }
  return TRUE;
}

static JsonNode *
make_answer (YejiCase *found)
{
  g_autofree char *revision = g_strdup_printf ("r%" G_GINT64_FORMAT, found->revision);
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "uuid", found->uuid);
  json_object_set_string_member (object, "revision", revision);
  json_object_set_string_member (object, "state", found->state);
  json_object_set_string_member (object, "at", found->submitted_at);
  json_node_take_object (node, object);
  return node;
}

static YejiResponse *
take_in (YejiServerContext  *context,
        YejiSql            *sql,
        YejiRequest        *request,
        YejiCase           *found,
        GArray             *announced,
        const char         *key,
        const char         *hash,
        GError            **error)
{
  g_autoptr (JsonNode) answer = NULL;
  g_autofree char *text = NULL;
  YejiResponse *response;

  g_free (found->state);
  found->state = g_strdup (YEJI_STATE_SUBMITTED);
  g_free (found->submitted_at);
  found->submitted_at = yeji_clock_now ();
  g_clear_pointer (&found->message, g_free);
  g_free (found->points);
  found->points = g_strdup ("[]");
  if (!mark_files (sql, found->uuid, announced, error)
      || !yeji_case_save (found, context, sql, NULL, error)
      || !yeji_case_write_change (found, sql, FALSE, error)
      || !yeji_audit_write (sql, request->account->name, "record.submitted", found->uuid, NULL,
                            error))
    return NULL;

  answer = make_answer (found);
  text = yeji_json_print (answer, FALSE);
  if (!yeji_sql_exec (sql, error,
                      "INSERT INTO submission (account, key, request_hash, answer, at)"
                      " VALUES (?1, ?2, ?3, ?4, ?5)",
                      "sssss", request->account->name, key, hash, text, found->submitted_at))
    return NULL;
  response = yeji_response_new (200, g_steal_pointer (&answer));
  yeji_response_set_revision (response, found->revision);
  response->changed = TRUE;
  return response;
}

/* What speaks against submitting, but for the content; NULL when nothing does, or with an error. */
static YejiResponse *
refuse_submitting (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   YejiCase           *found,
                   GError            **error)
{
  g_autoptr (JsonNode) body = NULL;
  const char *version;
  gint64 revision;

  if (!yeji_request_get_revision (request, &revision))
    return yeji_refuse (request, YEJI_WIRE_PRECONDITION, NULL, NULL);
  if (!yeji_case_is_writable (found))
    return yeji_case_refuse_state (found, request);
  if (revision != found->revision)
    return yeji_case_refuse_stale (found, sql, request, error);
  body = yeji_json_parse (found->body, -1, error);
  if (body == NULL)
    return NULL;
  version = yeji_json_get_string (json_node_get_object (body), "dictionary");
  if (g_strcmp0 (version, yeji_dictionary_get_version (context->dictionary)) == 0)
    return NULL;
  return yeji_case_refuse_dictionary (context, request, version);
}

/**
 * yeji_submissions_submit:
 *
 * `POST /v1/records/{uuid}:submit`: checks everything with the client's own validator. The answer
 * is kept under its Idempotency-Key, so that the same request gets it again.
 */
YejiResponse *
yeji_submissions_submit (YejiServerContext  *context,
                         YejiSql            *sql,
                         YejiRequest        *request,
                         GError            **error)
{
  const char *key = yeji_request_get_header (request, "idempotency-key");
  g_autoptr (YejiCase) found = NULL;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (GArray) announced = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *hash = NULL;
  YejiResponse *answer;

  found = yeji_case_load_for (context, sql, request, &answer, error);
  if (found == NULL)
    return answer;
  if (key == NULL || *key == '\0' || strlen (key) > MAX_KEY)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "需要 Idempotency-Key。",
                        "An Idempotency-Key is required.");
  announced = read_announced (context, request);
  if (announced == NULL)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "files 应列出材料的 slot 和 sha256。",
                        "files must list slot and sha256 of the documents.");

  hash = hash_request (request);
  answer = answer_again (sql, request, key, hash, &local_error);
  if (answer == NULL && local_error == NULL)
    answer = refuse_submitting (context, sql, request, found, &local_error);
  if (answer == NULL && local_error == NULL)
    record = yeji_case_read_record (found, context, &local_error);
  if (record != NULL)
    answer = check (context, sql, request, record, announced, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return answer != NULL ? answer
                        : take_in (context, sql, request, found, announced, key, hash, error);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-submissions"

#include "config.h"

#include "yeji-handlers.h"

#include <string.h>

#include "yeji-audit.h"
#include "yeji-case.h"
#include "yeji-clock.h"
#include "yeji-declared-book.h"
#include "yeji-epoch.h"
#include "yeji-json.h"
#include "yeji-receipts.h"
#include "yeji-review-events.h"
#include "yeji-revision.h"
#include "yeji-sent-submission.h"

#define MAX_KEY 200

static gboolean
is_of_kind (YejiServerContext *context,
            YejiProblem       *problem,
            YejiRuleKind       kind)
{
  const YejiRule *rule = yeji_dictionary_find_rule (context->dictionary,
                                                    yeji_problem_get_rule (problem));

  return rule != NULL && rule->kind == kind;
}

/* The answer that this key got before, to whomever of the enterprise; NULL without an error when it
 * is new. */
static YejiResponse *
answer_again (YejiSql      *sql,
              YejiRequest  *request,
              const char   *key,
              GError      **error)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (JsonNode) answer = NULL;
  YejiResponse *response;
  const char *revision;

  rows = yeji_sql_query (sql, error,
                         "SELECT request_hash, answer FROM account CROSS JOIN submission"
                         "  ON submission.account = account.name AND submission.key = ?2"
                         " WHERE account.enterprise = ?1",
                         "ss", request->account->enterprise, key);
  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  if (!yeji_sent_submission_is_same (request->submission, request, yeji_rows_text (rows, 0)))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "此 Idempotency-Key 已用于另一请求。",
                        "This Idempotency-Key was used for another request.");
  answer = yeji_json_parse (yeji_rows_text (rows, 1), -1, error);
  if (answer == NULL)
    return NULL;
  revision = yeji_json_get_string (json_node_get_object (answer), "revision");
  response = yeji_response_new (200, g_steal_pointer (&answer));
  if (revision != NULL)
    yeji_response_set_revision (response, yeji_revision_get_number (revision));
  return response;
}

/* What speaks against the record; NULL when nothing does, or with an error. */
static YejiResponse *
check (YejiServerContext  *context,
       YejiSql            *sql,
       YejiRequest        *request,
       YejiRecord         *record,
       GError            **error)
{
  YejiSentSubmission *sent = request->submission;
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (YejiDeclared) declared = NULL;
  g_autofree char *today = yeji_clock_today ();
  g_auto (GStrv) slots = yeji_announced_check (sent->announced, context, sql, request,
                                               sent->may_follow, missing, wrong, error);

  if (slots == NULL)
    return NULL;
  declared = yeji_declared_book_ask (context, sql, record, error);
  if (declared == NULL)
    return NULL;
  problems = yeji_sent_submission_ref_problems (sent, record, today, slots, declared);
  if (problems == NULL)
    problems = yeji_validator_check_against (context->validators[request->language], record, today,
                                             (const char * const *) slots, declared);
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

/* @receipt: as it was signed, which is said word for word */
static char *
print_answer (YejiCase                 *found,
              const YejiAnnouncedCount *count,
              const char               *receipt)
{
  g_autofree char *revision = g_strdup_printf ("r%" G_GINT64_FORMAT, found->revision);
  JsonObject *object = json_object_new ();
  JsonObject *files = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, object);
  json_object_set_string_member (object, "uuid", found->uuid);
  json_object_set_string_member (object, "revision", revision);
  json_object_set_string_member (object, "state", found->state);
  json_object_set_string_member (object, "at", found->submitted_at);
  json_object_set_int_member (files, "announced", count->announced);
  json_object_set_int_member (files, "received", count->received);
  set_text (files, "complete_at", found->files_complete_at);
  set_text (files, "due_at", found->files_due_at);
  json_object_set_object_member (object, "files", files);
  text = yeji_json_print (node, FALSE);
  text[strlen (text) - 1] = '\0';   /* the bracket at its end */
  return g_strconcat (text, ",\"" YEJI_WIRE_MEMBER_RECEIPT "\":", receipt, "}", NULL);
}

static void
replace (char       **member,
         const char  *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

/* Until when documents may follow, or since when they are all there. */
static void
set_moments (YejiCase                 *found,
             YejiServerContext        *context,
             const YejiAnnouncedCount *count)
{
  gboolean complete = count->received == count->announced;

  g_free (found->files_due_at);
  found->files_due_at = complete ? NULL : yeji_clock_after (context->settings.follow_seconds);
  replace (&found->files_complete_at, complete ? found->submitted_at : NULL);
}

static YejiResponse *
take_in (YejiServerContext  *context,
        YejiSql            *sql,
        YejiRequest        *request,
        YejiCase           *found,
        const char         *key,
        GError            **error)
{
  YejiSentSubmission *sent = request->submission;
  g_autofree char *receipt = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *now = yeji_clock_now ();
  YejiAnnouncedCount count;
  YejiResponse *response;

  replace (&found->state, YEJI_STATE_SUBMITTED);
  replace (&found->submitted_at, now);
  replace (&found->submitted_hash, found->sent_hash);
  replace (&found->message, NULL);
  replace (&found->points, "[]");
  found->submitted_revision = found->revision;
  if (!yeji_epoch_give_revision (sql, &found->submitted_revision, error)
      || !yeji_announced_write (sent->announced, sql, found->uuid, error)
      || !yeji_announced_count (sql, found->uuid, &count, error))
    return NULL;
  set_moments (found, context, &count);
  if (!yeji_case_save (found, context, sql, NULL, error)
      || !yeji_case_write_change (found, sql, FALSE, error)
      || !yeji_review_event_note (sql, found, YEJI_EVENT_SUBMITTED, request->account->name, error)
      || !yeji_audit_write (sql, request->account->name, "record.submitted", found->uuid, NULL,
                            error))
    return NULL;
  receipt = yeji_receipts_write (context, sql, found, error);
  if (receipt == NULL)
    return NULL;

  answer = print_answer (found, &count, receipt);
  if (!yeji_sql_exec (sql, error,
                      "INSERT INTO submission (account, key, request_hash, answer, at)"
                      " VALUES (?1, ?2, ?3, ?4, ?5)",
                      "sssss", request->account->name, key, sent->hash, answer, found->submitted_at))
    return NULL;
  response = yeji_response_new_text (200, g_steal_pointer (&answer));
  yeji_response_set_revision (response, found->revision);
  response->changed = TRUE;
  return response;
}

static gboolean
is_key (const char *key)
{
  return key != NULL && *key != '\0' && strlen (key) <= MAX_KEY;
}

/* What speaks against submitting, but for the content; NULL when nothing does, or with an error. */
static YejiResponse *
refuse_submitting (YejiServerContext  *context,
                   YejiSql            *sql,
                   YejiRequest        *request,
                   YejiCase           *found,
                   GError            **error)
{
  gint64 revision;

  if (!yeji_request_get_revision (request, &revision))
    return yeji_refuse (request, YEJI_WIRE_PRECONDITION, NULL, NULL);
  if (!yeji_case_is_writable (found))
    return yeji_case_refuse_state (found, request);
  if (revision != found->revision)
    return yeji_case_refuse_stale (found, sql, request, error);
  return NULL;
}

/* What speaks against the record itself; NULL when nothing does, or with an error. */
static YejiResponse *
judge (YejiServerContext  *context,
       YejiSql            *sql,
       YejiRequest        *request,
       YejiCase           *found,
       GError            **error)
{
  g_autofree char *version = NULL;
  g_autoptr (YejiRecord) record = yeji_recent_take (context->recent, found->uuid,
                                                    found->sent_hash);

  if (record != NULL)          /* it was read under the version that counts */
    return check (context, sql, request, record, error);
  record = yeji_case_read_record (found, context, &version, error);
  if (record == NULL)
    return NULL;
  if (g_strcmp0 (version, yeji_dictionary_get_version (context->dictionary)) != 0)
    return yeji_case_refuse_dictionary (context, request, version);
  return check (context, sql, request, record, error);
}

/**
 * yeji_submissions_submit:
 *
 * `POST /v1/records/{uuid}:submit`: checks everything with the client's own validator. The answer
 * is kept under its Idempotency-Key, so that the same request gets it again. Keys are kept as long
 * as the changes that they made: a client may have been switched off for a year when it asks again.
 */
YejiResponse *
yeji_submissions_submit (YejiServerContext  *context,
                         YejiSql            *sql,
                         YejiRequest        *request,
                         GError            **error)
{
  const char *key = yeji_request_get_header (request, "idempotency-key");
  g_autoptr (YejiCase) found = NULL;
  g_autoptr (GError) local_error = NULL;
  YejiResponse *answer = NULL;

  /* What was answered once is answered so whatever became of the record since. */
  if (is_key (key))
    answer = answer_again (sql, request, key, &local_error);
  if (answer != NULL || local_error != NULL)
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      return answer;
    }
  found = yeji_case_load_for (context, sql, request, &answer, error);
  if (found == NULL)
    return answer;
  if (!is_key (key))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "需要 Idempotency-Key。",
                        "An Idempotency-Key is required.");
  if (request->submission->announced == NULL)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "files 应列出材料的 slot 和 sha256。",
                        "files must list slot and sha256 of the documents.");

  answer = refuse_submitting (context, sql, request, found, &local_error);
  if (answer == NULL && local_error == NULL)
    answer = judge (context, sql, request, found, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return answer != NULL ? answer
                        : take_in (context, sql, request, found, key, error);
}

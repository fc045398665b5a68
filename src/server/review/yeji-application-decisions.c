// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What the province says to applications, and what becomes of the records. */

#define G_LOG_DOMAIN "yeji-applications"

#include "config.h"

#include "yeji-handlers.h"

#include "yeji-case-application.h"
#include "yeji-audit.h"
#include "yeji-clock.h"
#include "yeji-correction.h"
#include "yeji-json.h"
#include "yeji-publication.h"
#include "yeji-push-queue.h"
#include "yeji-review-events.h"

#define PAGE 50
#define MAX_TEXT 2000

#define FROM \
  " FROM application JOIN record USING (uuid)" \
  " WHERE application.state = ?1 AND (?2 = '' OR kind = ?2)" \
  " AND EXISTS (SELECT 1 FROM json_each (?3) AS covered" \
  "  WHERE substr (area, 1, length (covered.value)) = covered.value)" \
  " AND (?4 IS NULL OR application.enterprise = ?4)"

static const char * const states[] = {
  YEJI_APPLICATION_REQUESTED, YEJI_APPLICATION_GRANTED, YEJI_APPLICATION_REFUSED,
  YEJI_APPLICATION_CANCELLED, NULL,
};

static void
set_string (char       **member,
            const char  *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

/* The areas of a reviewer's office; an administrator sees all, an enterprise its own of all. */
static char *
get_areas (YejiServerContext *context,
           YejiRequest       *request)
{
  if (request->reach != YEJI_REACH_AREA)
    return g_strdup ("[\"\"]");
  return yeji_office_get_areas_json (yeji_offices_find (context->offices,
                                                        request->account->office));
}

static gboolean
count (YejiSql     *sql,
       const char  *state,
       const char  *kind,
       const char  *areas,
       const char  *enterprise,
       gint64      *total,
       GError     **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "SELECT count (*)" FROM, "ssss", state,
                                              kind, areas, enterprise);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *total = yeji_rows_int (rows, 0);
  return TRUE;
}

static JsonArray *
read_page (YejiServerContext  *context,
           YejiSql            *sql,
           YejiRequest        *request,
           const char         *state,
           const char         *kind,
           const char         *areas,
           gint64              page,
           GError            **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT id" FROM " ORDER BY at, id LIMIT ?5 OFFSET ?6", "ssssii",
                         state, kind, areas, request->account->enterprise, (gint64) PAGE,
                         (page - 1) * PAGE);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      g_autoptr (YejiApplication) one = NULL;
      JsonNode *node;

      one = yeji_application_load (sql, yeji_rows_text (rows, 0), error);
      node = one != NULL ? yeji_application_to_json (one, context, sql, request, error) : NULL;
      if (node == NULL)
        return NULL;
      json_array_add_element (array, node);
    }
  if (local_error == NULL)
    return g_steal_pointer (&array);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_applications_list:
 *
 * `GET /v1/corrections?state=requested&kind=correction&page=1`: the applications of the reviewer's
 * area, or the enterprise's own, the oldest first.
 */
YejiResponse *
yeji_applications_list (YejiServerContext  *context,
                        YejiSql            *sql,
                        YejiRequest        *request,
                        GError            **error)
{
  const char *state = yeji_request_get_query (request, "state");
  const char *kind = yeji_request_get_query (request, "kind");
  const char *text = yeji_request_get_query (request, "page");
  gint64 page = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 1;
  g_autofree char *areas = get_areas (context, request);
  g_autoptr (JsonArray) array = NULL;
  JsonObject *object;
  JsonNode *node;
  gint64 total;

  state = state != NULL ? state : YEJI_APPLICATION_REQUESTED;
  kind = kind != NULL ? kind : "";
  page = CLAMP (page, 1, G_MAXINT32);
  if (!g_strv_contains (states, state))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "没有这种申请状态。",
                        "There is no such state of applications.");
  if (!count (sql, state, kind, areas, request->account->enterprise, &total, error))
    return NULL;
  array = read_page (context, sql, request, state, kind, areas, page, error);
  if (array == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_array_member (object, "corrections", g_steal_pointer (&array));
  json_object_set_int_member (object, "total", total);
  json_object_set_int_member (object, "page", page);
  json_object_set_int_member (object, "pages", (total + PAGE - 1) / PAGE);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return yeji_response_new (200, node);
}

/* Whether the same person has just decided so. */
static gboolean
is_done (YejiApplication *self,
         YejiRequest     *request,
         const char      *state)
{
  const char *message = yeji_request_get_string (request, "message");

  return g_str_equal (self->state, state)
         && g_strcmp0 (self->decided_account, request->account->name) == 0
         && g_strcmp0 (self->message != NULL ? self->message : "",
                       message != NULL ? message : "") == 0;
}

/* An application that may be decided on now, and its record; NULL with an answer or an error. */
static YejiApplication *
load_requested (YejiServerContext  *context,
                YejiSql            *sql,
                YejiRequest        *request,
                const char         *state,
                YejiCase          **found,
                YejiResponse      **answer,
                GError            **error)
{
  const char *message = yeji_request_get_string (request, "message");
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiApplication) self = yeji_application_load (sql, request->target, &local_error);

  *answer = NULL;
  *found = NULL;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (self == NULL)
    {
      *answer = yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
      return NULL;
    }
  g_free (request->target);
  request->target = g_strdup (self->uuid);
  *found = yeji_case_load_for (context, sql, request, answer, error);
  if (*found == NULL)
    return NULL;
  *answer = yeji_application_refuse_decider (context, request, FALSE);
  if (*answer == NULL && is_done (self, request, state))
    {
      *answer = yeji_application_answer (self, context, sql, request, 200, error);
      return NULL;
    }
  if (*answer == NULL && !g_str_equal (self->state, YEJI_APPLICATION_REQUESTED))
    *answer = yeji_refuse (request, YEJI_WIRE_STATE, "这项申请已有决定，或企业已撤销申请。",
                           "It is decided already, or was taken back by the enterprise.");
  if (*answer == NULL && message != NULL && g_utf8_strlen (message, -1) > MAX_TEXT)
    *answer = yeji_refuse (request, YEJI_WIRE_MALFORMED, "意见不得超过 2000 字。",
                           "A message has 2,000 characters at most.");
  return *answer == NULL ? g_steal_pointer (&self) : NULL;
}

/* The line in the record's history. */
static gboolean
note_event (YejiApplication  *self,
            YejiSql          *sql,
            YejiCase         *found,
            const char       *kind,
            GError          **error)
{
  const YejiReviewEvent event = {
    .record = found->uuid, .revision = found->revision, .kind = kind,
    .account = self->decided_account, .reviewer = self->decided_by,
    .office = self->decided_office, .grade = found->grade, .message = self->reason,
  };

  return yeji_review_event_write (sql, &event, error);
}

/* The record becomes what was asked for, and everybody sees what it was before. */
static YejiResponse *
correct (YejiApplication    *self,
         YejiServerContext  *context,
         YejiSql            *sql,
         YejiRequest        *request,
         YejiCase           *found,
         GError            **error)
{
  g_autoptr (YejiRecord) record = yeji_case_read_record (found, context, NULL, error);
  g_autoptr (JsonNode) changes = yeji_json_parse (self->changes, -1, NULL);
  g_autoptr (JsonNode) shown = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *office = yeji_account_get_office (request->account, context->offices);
  g_autofree char *today = yeji_clock_today ();
  const YejiApproval approval = { office, request->account->display_name, today, found->grade };
  YejiResponse *refusal;

  if (record == NULL)
    return NULL;
  if (!g_str_equal (found->state, YEJI_STATE_APPROVED)
      || g_strcmp0 (found->grade, YEJI_GRADE_INCOMPLETE) == 0)
    return yeji_case_refuse_state (found, request);
  shown = yeji_correction_to_public (context->dictionary, json_node_get_array (changes));
  reason = yeji_correction_mask_words (record, self->reason);
  refusal = yeji_correction_apply (context, request, record, json_node_get_array (changes),
                                   &approval);
  if (refusal == NULL)
    refusal = yeji_correction_check (context, sql, request, found, record, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (refusal != NULL)
    return refusal;
  if (!yeji_application_decide (self, context, sql, request->account, YEJI_APPLICATION_GRANTED,
                                yeji_request_get_string (request, "message"), error)
      || !yeji_case_save (found, context, sql, record, error)
      || !yeji_publication_write (context, sql, found, record, error)
      || !yeji_publication_note (sql, found->uuid, "corrected", self->decided_office,
                                 self->decided_by, reason, shown, error)
      || !note_event (self, sql, found, "corrected", error)
      || !yeji_push_note (context, sql, found->uuid, error)
      || !yeji_application_write_change (self, context, sql, found, TRUE, error)
      || !yeji_audit_write (sql, request->account->name, "correction.granted", found->uuid,
                            self->id, error))
    return NULL;
  return yeji_application_answer (self, context, sql, request, 200, error);
}

/* The record is its enterprise's own again; the public page says that it was there. */
static YejiResponse *
withdraw (YejiApplication    *self,
          YejiServerContext  *context,
          YejiSql            *sql,
          YejiRequest        *request,
          YejiCase           *found,
          GError            **error)
{
  g_autoptr (YejiRecord) record = yeji_case_read_record (found, context, NULL, error);
  g_autofree char *reason = NULL;

  if (record == NULL)
    return NULL;
  if (!yeji_case_is_public (found))
    return yeji_case_refuse_state (found, request);
  reason = yeji_correction_mask_words (record, self->reason);
  if (!yeji_application_decide (self, context, sql, request->account, YEJI_APPLICATION_GRANTED,
                                yeji_request_get_string (request, "message"), error))
    return NULL;
  set_string (&found->state, YEJI_STATE_WITHDRAWN);
  set_string (&found->grade, NULL);
  set_string (&found->office, self->decided_office);
  set_string (&found->reviewer, self->decided_by);
  set_string (&found->message, self->message != NULL ? self->message : self->reason);
  set_string (&found->points, "[]");
  if (!yeji_case_save (found, context, sql, NULL, error)
      || !yeji_publication_revoke (sql, found->uuid, "withdrawn", self->decided_office,
                                   self->decided_by, reason, error)
      || !note_event (self, sql, found, YEJI_EVENT_WITHDRAWN, error)
      || !yeji_push_note (context, sql, found->uuid, error)
      || !yeji_application_write_change (self, context, sql, found, FALSE, error)
      || !yeji_audit_write (sql, request->account->name, "withdrawal.granted", found->uuid,
                            self->id, error))
    return NULL;
  return yeji_application_answer (self, context, sql, request, 200, error);
}

/**
 * yeji_applications_grant:
 *
 * `POST /v1/corrections/{id}:grant`: the record is corrected, or taken off the public page, as its
 * enterprise asked for.
 */
YejiResponse *
yeji_applications_grant (YejiServerContext  *context,
                         YejiSql            *sql,
                         YejiRequest        *request,
                         GError            **error)
{
  YejiResponse *answer;
  g_autoptr (YejiCase) found = NULL;
  g_autoptr (YejiApplication) self = NULL;

  self = load_requested (context, sql, request, YEJI_APPLICATION_GRANTED, &found, &answer, error);
  if (self == NULL)
    return answer;
  answer = g_str_equal (self->kind, YEJI_APPLICATION_CORRECTION)
             ? correct (self, context, sql, request, found, error)
             : withdraw (self, context, sql, request, found, error);
  if (answer != NULL)
    answer->changed = answer->status == 200;
  return answer;
}

/**
 * yeji_applications_refuse:
 *
 * `POST /v1/corrections/{id}:refuse`: nothing changes, and the enterprise is told why.
 */
YejiResponse *
yeji_applications_refuse (YejiServerContext  *context,
                          YejiSql            *sql,
                          YejiRequest        *request,
                          GError            **error)
{
  const char *message = yeji_request_get_string (request, "message");
  YejiResponse *answer;
  g_autoptr (YejiCase) found = NULL;
  g_autoptr (YejiApplication) self = NULL;
  g_autofree char *what = NULL;

  self = load_requested (context, sql, request, YEJI_APPLICATION_REFUSED, &found, &answer, error);
  if (self == NULL)
    return answer;
  if (message == NULL || *message == '\0')
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "不同意须写明意见。",
                        "Say why it is refused.");
  what = g_strdup_printf ("%s.refused", self->kind);
  if (!yeji_application_decide (self, context, sql, request->account, YEJI_APPLICATION_REFUSED,
                                message, error)
      || !yeji_application_write_change (self, context, sql, found, FALSE, error)
      || !yeji_audit_write (sql, request->account->name, what, found->uuid, self->id, error))
    return NULL;
  answer = yeji_application_answer (self, context, sql, request, 200, error);
  if (answer != NULL)
    answer->changed = TRUE;
  return answer;
}

/* An application for a record that is revoked has nothing to ask for any more. */
static gboolean
close_open (YejiServerContext  *context,
            YejiSql            *sql,
            YejiRequest        *request,
            YejiCase           *found,
            GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiApplication) open = yeji_application_load_open (sql, found->uuid, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return open == NULL
         || (yeji_application_decide (open, context, sql, request->account,
                                      YEJI_APPLICATION_REFUSED, "业绩已被撤销。", error)
             && yeji_application_write_change (open, context, sql, found, FALSE, error));
}

static YejiResponse *
revoke_record (YejiServerContext  *context,
               YejiSql            *sql,
               YejiRequest        *request,
               YejiCase           *found,
               const char         *reason,
               GError            **error)
{
  g_autoptr (YejiRecord) record = yeji_case_read_record (found, context, NULL, error);
  g_autofree char *shown = record != NULL ? yeji_correction_mask_words (record, reason) : NULL;
  YejiResponse *response;

  if (record == NULL)
    return NULL;
  set_string (&found->state, YEJI_STATE_REVOKED);
  g_free (found->office);
  found->office = yeji_account_get_office (request->account, context->offices);
  set_string (&found->reviewer, request->account->display_name);
  set_string (&found->message, reason);
  set_string (&found->points, "[]");
  set_string (&found->files_due_at, NULL);
  if (!yeji_case_save (found, context, sql, NULL, error)
      || !yeji_publication_revoke (sql, found->uuid, "revoked", found->office, found->reviewer,
                                   shown, error)
      || !yeji_review_event_note (sql, found, "revoked", request->account->name, error)
      || !yeji_push_note (context, sql, found->uuid, error)
      || !close_open (context, sql, request, found, error)
      || !yeji_case_write_change (found, sql, FALSE, error)
      || !yeji_audit_write (sql, request->account->name, "record.revoked", found->uuid, reason,
                            error))
    return NULL;
  response = yeji_case_answer (found, sql, request, 200, error);
  if (response != NULL)
    response->changed = TRUE;
  return response;
}

/**
 * yeji_applications_revoke:
 *
 * `POST /v1/records/{uuid}:revoke`: the province revokes an approved record for falsehood. The
 * public page keeps the trace, and the record can neither be used nor submitted again.
 */
YejiResponse *
yeji_applications_revoke (YejiServerContext  *context,
                          YejiSql            *sql,
                          YejiRequest        *request,
                          GError            **error)
{
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = yeji_case_load_for (context, sql, request, &refusal, error);
  const char *reason = yeji_request_get_string (request, "reason");
  g_autofree char *stripped = reason != NULL ? g_strstrip (g_strdup (reason)) : NULL;
  gint64 revision;

  if (found == NULL)
    return refusal;
  refusal = yeji_application_refuse_decider (context, request, TRUE);
  if (refusal != NULL)
    return refusal;
  if (!yeji_request_get_revision (request, &revision))
    return yeji_refuse (request, YEJI_WIRE_PRECONDITION, NULL, NULL);
  if (stripped == NULL || *stripped == '\0' || g_utf8_strlen (reason, -1) > MAX_TEXT)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "撤销须写明原因，不超过 2000 字。",
                        "A reason is needed, of 2,000 characters at most.");
  if (g_str_equal (found->state, YEJI_STATE_REVOKED) && found->revision > revision
      && g_strcmp0 (found->message, reason) == 0)
    return yeji_case_answer (found, sql, request, 200, error);
  if (!yeji_case_is_public (found))
    return yeji_case_refuse_state (found, request);
  if (revision != found->revision)
    return yeji_case_refuse_stale (found, sql, request, error);
  return revoke_record (context, sql, request, found, reason, error);
}

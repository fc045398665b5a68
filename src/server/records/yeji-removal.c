// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A record that its enterprise takes back, and one that is removed. Whoever has a copy is told of
 * both by the changes; of a removed one a tombstone stays, so that no revision is ever given
 * twice. */

#define G_LOG_DOMAIN "yeji-records"

#include "config.h"

#include "yeji-removal.h"

#include "yeji-audit.h"
#include "yeji-explanation.h"
#include "yeji-json.h"
#include "yeji-review-events.h"

#define REMOVED_BY_ENTERPRISE "企业自行删除。"

static void
set_string (char       **member,
            const char  *text)
{
  g_free (*member);
  *member = g_strdup (text);
}

/**
 * yeji_removal_refuse:
 *
 * Returns: (transfer full): 410 with the reason
 */
YejiResponse *
yeji_removal_refuse (YejiCase    *removed,
                     YejiRequest *request)
{
  YejiResponse *response = yeji_refuse (request, YEJI_WIRE_REMOVED, removed->message,
                                        removed->message);

  yeji_response_set_revision (response, removed->revision);
  return response;
}

/* What was said about it is no more of use; what it was called stays, for the audit. The grade says
 * what is public. */
static void
clear_answer (YejiCase *self)
{
  set_string (&self->office, NULL);
  set_string (&self->reviewer, NULL);
  set_string (&self->points, "[]");
  set_string (&self->files_due_at, NULL);
}

static gboolean
settle (YejiCase           *self,
        YejiServerContext  *context,
        YejiSql            *sql,
        const char         *who,
        const char         *what,
        GError            **error)
{
  return yeji_case_save (self, context, sql, NULL, error)
         && yeji_case_write_change (self, sql, FALSE, error)
         && yeji_audit_write (sql, who, what, self->uuid, self->message, error);
}

/**
 * yeji_removal_run:
 * @found: not a public one
 * @who: an account's name, "" for the administrator at the machine
 * @reason: which the enterprise is told
 *
 * Removes a record's content and documents, and leaves a tombstone that says why.
 */
gboolean
yeji_removal_run (YejiCase           *found,
                  YejiServerContext  *context,
                  YejiSql            *sql,
                  const char         *who,
                  const char         *reason,
                  GError            **error)
{
  g_assert (!yeji_case_is_public (found));
  set_string (&found->state, YEJI_STATE_REMOVED);
  set_string (&found->message, reason);
  clear_answer (found);
  return settle (found, context, sql, who, "record.removed", error)
         && yeji_sql_exec (sql, error,
                           "UPDATE record SET body = '{}', sent_hash = '' WHERE uuid = ?1", "s",
                           found->uuid)
         && yeji_review_events_strip (sql, found->uuid, error)
         && yeji_sql_exec (sql, error, "DELETE FROM announced WHERE record = ?1", "s", found->uuid)
         && yeji_sql_exec (sql, error, "DELETE FROM file WHERE record = ?1", "s", found->uuid);
}

/**
 * yeji_removal_revive:
 *
 * Makes a tombstone a draft that nobody has said anything about; its revisions go on.
 */
void
yeji_removal_revive (YejiCase *removed)
{
  set_string (&removed->state, YEJI_STATE_DRAFT);
  set_string (&removed->message, NULL);
  set_string (&removed->submitted_at, NULL);
  set_string (&removed->submitted_hash, NULL);
  set_string (&removed->files_complete_at, NULL);
  removed->submitted_revision = 0;
  clear_answer (removed);
}

static YejiResponse *
answer_change (YejiCase     *found,
               YejiSql      *sql,
               YejiRequest  *request,
               GError      **error)
{
  YejiResponse *response = yeji_case_answer (found, sql, request, 200, error);

  if (response != NULL)
    response->changed = TRUE;
  return response;
}

/* The same request once more: it did what it should. */
static gboolean
is_done (YejiCase   *found,
         gint64      revision,
         const char *state,
         const char *reason)
{
  return g_str_equal (found->state, state) && found->revision > revision
         && g_strcmp0 (found->message, reason) == 0;
}

/**
 * yeji_records_withdraw:
 *
 * `POST /v1/records/{uuid}:withdraw`: the enterprise takes a submission back before anybody decided
 * on it, and says why. It can write and submit the record again.
 */
YejiResponse *
yeji_records_withdraw (YejiServerContext  *context,
                       YejiSql            *sql,
                       YejiRequest        *request,
                       GError            **error)
{
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = yeji_case_load_for (context, sql, request, &refusal, error);
  const char *reason = yeji_request_get_string (request, "reason");
  gint64 revision;

  if (found == NULL)
    return refusal;
  if (!yeji_request_get_revision (request, &revision))
    return yeji_refuse (request, YEJI_WIRE_PRECONDITION, NULL, NULL);
  if (reason == NULL || *reason == '\0'
      || g_utf8_strlen (reason, -1) > YEJI_EXPLANATION_MAX_LENGTH)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "撤回须写明原因，不超过 2000 字。",
                        "A reason is needed, of 2,000 characters at most.");
  if (is_done (found, revision, YEJI_STATE_WITHDRAWN, reason))
    return yeji_case_answer (found, sql, request, 200, error);
  if (!g_str_equal (found->state, YEJI_STATE_SUBMITTED))
    return yeji_case_refuse_state (found, request);
  if (revision != found->revision)
    return yeji_case_refuse_stale (found, sql, request, error);

  set_string (&found->state, YEJI_STATE_WITHDRAWN);
  set_string (&found->message, reason);
  clear_answer (found);
  if (!settle (found, context, sql, request->account->name, "record.withdrawn", error)
      || !yeji_review_event_note (sql, found, YEJI_EVENT_WITHDRAWN, request->account->name, error))
    return NULL;
  return answer_change (found, sql, request, error);
}

/**
 * yeji_records_remove:
 *
 * `DELETE /v1/records/{uuid}`: the enterprise removes a record that nobody is reviewing and nobody
 * has approved.
 */
YejiResponse *
yeji_records_remove (YejiServerContext  *context,
                     YejiSql            *sql,
                     YejiRequest        *request,
                     GError            **error)
{
  g_autoptr (YejiCase) found = NULL;
  g_autoptr (GError) local_error = NULL;
  YejiResponse *response;
  gint64 revision;

  if (!yeji_request_get_revision (request, &revision))
    return yeji_refuse (request, YEJI_WIRE_PRECONDITION, NULL, NULL);
  found = yeji_case_load (sql, request->target, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (found == NULL || g_strcmp0 (found->enterprise, request->account->enterprise) != 0)
    return yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  if (is_done (found, revision, YEJI_STATE_REMOVED, REMOVED_BY_ENTERPRISE))
    return yeji_response_new (204, NULL);
  if (g_str_equal (found->state, YEJI_STATE_REMOVED))
    return yeji_removal_refuse (found, request);
  if (yeji_case_is_public (found))
    return yeji_refuse (request, YEJI_WIRE_STATE, "已公开的业绩不能删除，请申请撤回。",
                        "It is public: apply for its withdrawal.");
  if (!yeji_case_is_writable (found))
    return yeji_case_refuse_state (found, request);
  if (revision != found->revision)
    return yeji_case_refuse_stale (found, sql, request, error);
  if (!yeji_removal_run (found, context, sql, request->account->name, REMOVED_BY_ENTERPRISE, error))
    return NULL;
  response = yeji_response_new (204, NULL);
  response->changed = TRUE;
  return response;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-records"

#include "config.h"

#include "yeji-handlers.h"

#include "yeji-audit.h"
#include "yeji-case.h"
#include "yeji-json.h"
#include "yeji-removal.h"
#include "yeji-sent-record.h"

/* Who reviews sees an older record as the province reads it now, and points into that; its
 * enterprise gets what it sent. */
static YejiResponse *
show (YejiServerContext  *context,
      YejiSql            *sql,
      YejiRequest        *request,
      YejiCase           *found,
      GError            **error)
{
  g_autoptr (YejiRecord) record = NULL;

  if (request->account->role == YEJI_ACCOUNT_ENTERPRISE)
    return yeji_case_answer (found, sql, request, 200, error);
  record = yeji_case_read_record (found, context, NULL, error);
  if (record == NULL)
    return NULL;
  g_free (found->body);
  found->body = yeji_record_to_text (record);
  return yeji_case_answer (found, sql, request, 200, error);
}

/**
 * yeji_records_get:
 *
 * `GET /v1/records/{uuid}`
 */
YejiResponse *
yeji_records_get (YejiServerContext  *context,
                  YejiSql            *sql,
                  YejiRequest        *request,
                  GError            **error)
{
  YejiResponse *refusal;
  g_autoptr (YejiCase) found = yeji_case_load_for (context, sql, request, &refusal, error);

  return found != NULL ? show (context, sql, request, found, error) : refusal;
}

/* Stores what was sent, and has it at hand for who submits it next. */
static gboolean
store (YejiCase           *found,
       YejiServerContext  *context,
       YejiSql            *sql,
       YejiSentRecord     *sent,
       GError            **error)
{
  g_free (found->sent_hash);
  found->sent_hash = g_strdup (sent->sum);
  g_free (found->text);
  found->text = g_steal_pointer (&sent->text);
  if (!yeji_case_save (found, context, sql, sent->record, error))
    return FALSE;
  yeji_recent_keep (context->recent, found->uuid, found->sent_hash, sent->record);
  return TRUE;
}

static YejiResponse *
create (YejiServerContext  *context,
        YejiSql            *sql,
        YejiRequest        *request,
        YejiSentRecord     *sent,
        GError            **error)
{
  g_autoptr (YejiCase) made = g_new0 (YejiCase, 1);

  made->uuid = g_strdup (request->target);
  made->enterprise = g_strdup (request->account->enterprise);
  made->state = g_strdup (YEJI_STATE_DRAFT);
  made->points = g_strdup ("[]");
  if (!store (made, context, sql, sent, error)
      || !yeji_audit_write (sql, request->account->name, "record.created", made->uuid, NULL, error))
    return NULL;
  return yeji_case_answer (made, sql, request, 201, error);
}

static YejiResponse *
update (YejiServerContext  *context,
        YejiSql            *sql,
        YejiRequest        *request,
        YejiCase           *found,
        YejiSentRecord     *sent,
        GError            **error)
{
  gboolean told = found->submitted_at != NULL;
  YejiResponse *response;

  /* the enterprise's other computers have what was submitted once, and of other drafts nothing */
  if (!store (found, context, sql, sent, error)
      || (told && !yeji_case_write_change (found, sql, FALSE, error))
      || !yeji_audit_write (sql, request->account->name, "record.changed", found->uuid, NULL,
                            error))
    return NULL;
  response = yeji_case_answer (found, sql, request, 200, error);
  if (response != NULL)
    response->changed = told;
  return response;
}

/* A record that was removed begins anew under its old name, when the enterprise means just that. */
static YejiResponse *
revive (YejiServerContext  *context,
        YejiSql            *sql,
        YejiRequest        *request,
        YejiCase           *removed,
        YejiSentRecord     *sent,
        GError            **error)
{
  yeji_removal_revive (removed);
  if (!store (removed, context, sql, sent, error)
      || !yeji_audit_write (sql, request->account->name, "record.created", removed->uuid, NULL,
                            error))
    return NULL;
  return yeji_case_answer (removed, sql, request, 201, error);
}

/* Rows that came without an id were given one, so what was sent is compared as it was sent, too. */
static gboolean
is_same (YejiCase       *found,
         YejiSentRecord *sent)
{
  return g_str_equal (found->sent_hash, sent->sum) || g_str_equal (found->body, sent->text);
}

/* A receipt will name what was sent last, and the same record may have been sent in another form. */
static YejiResponse *
repeat (YejiSql      *sql,
        YejiRequest  *request,
        YejiCase     *found,
        const char   *hash,
        GError      **error)
{
  if (!g_str_equal (found->sent_hash, hash)
      && !yeji_sql_exec (sql, error, "UPDATE record SET sent_hash = ?2 WHERE uuid = ?1", "ss",
                         found->uuid, hash))
    return NULL;
  return yeji_case_answer (found, sql, request, 200, error);
}

/**
 * yeji_records_put:
 *
 * `PUT /v1/records/{uuid}`: creates with `If-None-Match: *`, what was removed too, and updates with
 * `If-Match`. The same body a second time is a success that changes nothing, whatever tag it
 * carries.
 */
YejiResponse *
yeji_records_put (YejiServerContext  *context,
                  YejiSql            *sql,
                  YejiRequest        *request,
                  GError            **error)
{
  const char *none = yeji_request_get_header (request, "if-none-match");
  gboolean creates = g_strcmp0 (none, "*") == 0;
  g_autoptr (YejiCase) found = NULL;
  g_autoptr (GError) local_error = NULL;
  YejiSentRecord *sent = request->sent;
  gint64 revision;

  if (!yeji_request_get_revision (request, &revision) && !creates)
    return yeji_refuse (request, YEJI_WIRE_PRECONDITION, NULL, NULL);
  if (sent->refusal != NULL)
    return g_steal_pointer (&sent->refusal);

  found = yeji_case_load (sql, request->target, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (found == NULL)
    return creates ? create (context, sql, request, sent, error)
                   : yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  if (g_strcmp0 (found->enterprise, request->account->enterprise) != 0)
    return creates ? yeji_refuse (request, YEJI_WIRE_FORBIDDEN, NULL, NULL)
                   : yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  if (g_str_equal (found->state, YEJI_STATE_REMOVED))
    return creates ? revive (context, sql, request, found, sent, error)
                   : yeji_removal_refuse (found, request);
  if (is_same (found, sent))
    return repeat (sql, request, found, sent->sum, error);
  if (creates || revision != found->revision)
    return yeji_case_refuse_stale (found, sql, request, error);
  if (!yeji_case_is_writable (found))
    return yeji_case_refuse_state (found, request);
  return update (context, sql, request, found, sent, error);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-records"

#include "config.h"

#include "yeji-handlers.h"

#include "yeji-audit.h"
#include "yeji-case.h"
#include "yeji-explanation.h"
#include "yeji-json.h"

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
  record = yeji_case_read_record (found, context, error);
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

/* What a reviewer has to read is limited as what a reviewer writes. */
static gboolean
are_replies_short (YejiRecord *record)
{
  g_autoptr (GPtrArray) replies = yeji_record_get_replies (record);

  for (guint i = 0; i < replies->len; i++)
    {
      const YejiKept *reply = g_ptr_array_index (replies, i);

      if (g_utf8_strlen (reply->reason, -1) > YEJI_EXPLANATION_MAX_LENGTH)
        return FALSE;
    }
  return TRUE;
}

/* The record that was sent; NULL with a refusal. Only its shape is looked at: drafts are drafts. */
static YejiRecord *
read_record (YejiServerContext  *context,
             YejiRequest        *request,
             YejiResponse      **refusal)
{
  JsonObject *object = yeji_request_get_object (request);
  g_autoptr (GError) reason = NULL;
  g_autoptr (YejiRecord) record = NULL;

  *refusal = NULL;
  if (object == NULL)
    *refusal = yeji_refuse (request, YEJI_WIRE_MALFORMED, "请求体应为一条业绩。",
                            "The body must be a record.");
  else if (g_strcmp0 (yeji_json_get_string (object, "dictionary"),
                      yeji_dictionary_get_version (context->dictionary)) != 0)
    *refusal = yeji_case_refuse_dictionary (context, request,
                                            yeji_json_get_string (object, "dictionary"));
  else if (g_strcmp0 (yeji_json_get_string (object, "uuid"), request->target) != 0)
    *refusal = yeji_refuse (request, YEJI_WIRE_MALFORMED, "uuid 与地址不一致。",
                            "The uuid is not that of the address.");
  else
    {
      record = yeji_record_new_from_json (context->dictionary, request->body, &reason);
      if (record == NULL)
        *refusal = yeji_refuse (request, YEJI_WIRE_MALFORMED, reason->message, reason->message);
      else if (!are_replies_short (record))
        {
          g_clear_object (&record);
          *refusal = yeji_refuse (request, YEJI_WIRE_MALFORMED, "说明不得超过 2000 字。",
                                  "An explanation must not be longer than 2,000 characters.");
        }
    }
  return g_steal_pointer (&record);
}

static YejiResponse *
create (YejiServerContext  *context,
        YejiSql            *sql,
        YejiRequest        *request,
        YejiRecord         *record,
        const char         *hash,
        GError            **error)
{
  g_autoptr (YejiCase) made = g_new0 (YejiCase, 1);

  made->uuid = g_strdup (request->target);
  made->enterprise = g_strdup (request->account->enterprise);
  made->state = g_strdup (YEJI_STATE_DRAFT);
  made->sent_hash = g_strdup (hash);
  made->points = g_strdup ("[]");
  if (!yeji_case_save (made, context, sql, record, error)
      || !yeji_audit_write (sql, request->account->name, "record.created", made->uuid, NULL, error))
    return NULL;
  return yeji_case_answer (made, sql, request, 201, error);
}

static YejiResponse *
update (YejiServerContext  *context,
        YejiSql            *sql,
        YejiRequest        *request,
        YejiCase           *found,
        YejiRecord         *record,
        const char         *hash,
        GError            **error)
{
  g_free (found->sent_hash);
  found->sent_hash = g_strdup (hash);
  if (!yeji_case_save (found, context, sql, record, error)
      || !yeji_audit_write (sql, request->account->name, "record.changed", found->uuid, NULL,
                            error))
    return NULL;
  return yeji_case_answer (found, sql, request, 200, error);
}

/* Rows that came without an id were given one, so what was sent is compared as it was sent, too. */
static gboolean
is_same (YejiCase   *found,
         YejiRecord *record,
         const char *hash)
{
  g_autofree char *text = yeji_record_to_text (record);

  return g_str_equal (found->sent_hash, hash) || g_str_equal (found->body, text);
}

/**
 * yeji_records_put:
 *
 * `PUT /v1/records/{uuid}`: creates with `If-None-Match: *`, updates with `If-Match`. The same
 * body a second time is a success that changes nothing, whatever tag it carries.
 */
YejiResponse *
yeji_records_put (YejiServerContext  *context,
                  YejiSql            *sql,
                  YejiRequest        *request,
                  GError            **error)
{
  const char *none = yeji_request_get_header (request, "if-none-match");
  gboolean creates = g_strcmp0 (none, "*") == 0;
  g_autoptr (YejiRecord) record = NULL;
  g_autoptr (YejiCase) found = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *hash = NULL;
  YejiResponse *refusal;
  gint64 revision;

  if (!yeji_request_get_revision (request, &revision) && !creates)
    return yeji_refuse (request, YEJI_WIRE_PRECONDITION, NULL, NULL);
  record = read_record (context, request, &refusal);
  if (record == NULL)
    return refusal;
  text = yeji_json_print (request->body, FALSE);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  found = yeji_case_load (sql, request->target, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (found == NULL)
    return creates ? create (context, sql, request, record, hash, error)
                   : yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  if (g_strcmp0 (found->enterprise, request->account->enterprise) != 0)
    return creates ? yeji_refuse (request, YEJI_WIRE_FORBIDDEN, NULL, NULL)
                   : yeji_refuse (request, YEJI_WIRE_NOT_FOUND, NULL, NULL);
  if (is_same (found, record, hash))
    return yeji_case_answer (found, sql, request, 200, error);
  if (creates || revision != found->revision)
    return yeji_case_refuse_stale (found, sql, request, error);
  if (!yeji_case_is_writable (found))
    return yeji_case_refuse_state (found, request);
  return update (context, sql, request, found, record, hash, error);
}

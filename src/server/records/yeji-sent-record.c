// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-records"

#include "config.h"

#include "yeji-sent-record.h"

#include "yeji-canonical.h"
#include "yeji-case.h"
#include "yeji-explanation.h"
#include "yeji-json.h"

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

/* (transfer full) (nullable): why it is none. Only its shape is looked at: drafts are drafts. */
static YejiResponse *
read_into (YejiSentRecord    *self,
           YejiServerContext *context,
           YejiRequest       *request)
{
  JsonObject *object = yeji_request_get_object (request);
  const char *version = object != NULL ? yeji_json_get_string (object, "dictionary") : NULL;
  g_autoptr (GError) reason = NULL;

  if (object == NULL)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "请求体应为一条业绩。",
                        "The body must be a record.");
  if (g_strcmp0 (version, yeji_dictionary_get_version (context->dictionary)) != 0)
    return yeji_case_refuse_dictionary (context, request, version);
  if (g_strcmp0 (yeji_json_get_string (object, "uuid"), request->target) != 0)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "uuid 与地址不一致。",
                        "The uuid is not that of the address.");
  self->record = request->text != NULL
                   ? yeji_record_new_from_text (context->dictionary, request->text,
                                                (gssize) request->length, &reason)
                   : yeji_record_new_from_json (context->dictionary, request->body, &reason);
  if (self->record == NULL)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, reason->message, reason->message);
  if (!are_replies_short (self->record))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "说明不得超过 2000 字。",
                        "An explanation must not be longer than 2,000 characters.");
  self->sum = yeji_canonical_sha256 (request->body, &reason);
  if (self->sum == NULL)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, reason->message, reason->message);
  self->text = yeji_record_to_text (self->record);
  return NULL;
}

/**
 * yeji_sent_record_read:
 * @request: whose body is a record, and whose `sent` is set
 *
 * Reads the record that was sent. It takes longer than to store it, and needs no database: on any
 * thread.
 */
void
yeji_sent_record_read (YejiServerContext *context,
                       YejiRequest       *request)
{
  YejiSentRecord *self = g_new0 (YejiSentRecord, 1);

  self->refusal = read_into (self, context, request);
  if (self->refusal != NULL)
    g_clear_object (&self->record);
  g_clear_pointer (&request->body, json_node_unref);
  request->sent = self;
}

/**
 * yeji_sent_record_free:
 * @self: (transfer full) (nullable)
 *
 * Frees what was read.
 */
void
yeji_sent_record_free (YejiSentRecord *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->record);
  g_clear_pointer (&self->refusal, yeji_response_free);
  g_free (self->text);
  g_free (self->sum);
  g_free (self);
}

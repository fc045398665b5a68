// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-records"

#include "config.h"

#include "yeji-sent-record.h"

#include <string.h>

#include "yeji-canonical.h"
#include "yeji-case.h"
#include "yeji-digest.h"
#include "yeji-explanation.h"
#include "yeji-json-reader.h"

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

/* Whose record it says that it is, and under which dictionary: mostly at its head. */
typedef struct
{
  char *uuid;                  /* (nullable) */
  char *version;               /* (nullable) */
} Head;

static void
head_clear (Head *self)
{
  g_free (self->uuid);
  g_free (self->version);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Head, head_clear)

static gboolean
is_called (const YejiJsonReader *reader,
           const char           *name)
{
  return reader->length == strlen (name) && memcmp (reader->string, name, reader->length) == 0;
}

/* Of JSON. FALSE: it is no object. */
static gboolean
read_head (Head       *self,
           const char *text,
           gsize       length)
{
  g_auto (YejiJsonReader) reader = { 0 };

  yeji_json_reader_init (&reader, text, length);
  if (length == 0 || yeji_json_reader_next (&reader) != YEJI_JSON_OBJECT)
    return FALSE;
  while ((self->uuid == NULL || self->version == NULL)
         && yeji_json_reader_next (&reader) == YEJI_JSON_NAME)
    {
      char **place = is_called (&reader, "uuid") ? &self->uuid
                     : is_called (&reader, "dictionary") ? &self->version : NULL;
      YejiJsonToken token = yeji_json_reader_next (&reader);

      if (place != NULL && token == YEJI_JSON_STRING)
        *place = g_strndup (reader.string, reader.length);
      else if (!yeji_json_reader_skip (&reader, token))
        break;
    }
  return TRUE;
}

/* (transfer full) (nullable): why it is none. Only its shape is looked at: drafts are drafts. */
static YejiResponse *
read_into (YejiSentRecord    *self,
           YejiServerContext *context,
           YejiRequest       *request)
{
  g_auto (Head) head = { NULL };
  g_autoptr (GError) reason = NULL;

  if (!read_head (&head, request->text, request->length))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "请求体应为一条业绩。",
                        "The body must be a record.");
  if (g_strcmp0 (head.version, yeji_dictionary_get_version (context->dictionary)) != 0)
    return yeji_case_refuse_dictionary (context, request, head.version);
  if (g_strcmp0 (head.uuid, request->target) != 0)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "uuid 与地址不一致。",
                        "The uuid is not that of the address.");
  self->record = yeji_record_new_from_text (context->dictionary, request->text,
                                            (gssize) request->length, &reason);
  if (self->record == NULL)
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, reason->message, reason->message);
  if (!are_replies_short (self->record))
    return yeji_refuse (request, YEJI_WIRE_MALFORMED, "说明不得超过 2000 字。",
                        "An explanation must not be longer than 2,000 characters.");
  self->text = yeji_record_to_text (self->record);
  return NULL;
}

/* The sum of what was sent, which is read for it from its beginning to its end. */
static gboolean
take_sum (YejiSentRecord *self,
          YejiRequest    *request)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *canonical = NULL;

  if (request->length == 0)
    return TRUE;
  canonical = yeji_canonical_text (request->text, request->length, &reason);
  if (canonical == NULL)
    {
      self->unreadable = yeji_refuse (request, YEJI_WIRE_MALFORMED, reason->message,
                                      reason->message);
      return FALSE;
    }
  self->sum = yeji_digest_sum_text (canonical);
  return TRUE;
}

/**
 * yeji_sent_record_read:
 * @request: whose text is a record, and whose `sent` is set
 *
 * Reads the record that was sent. It takes longer than to store it, and needs no database: on any
 * thread.
 */
void
yeji_sent_record_read (YejiServerContext *context,
                       YejiRequest       *request)
{
  YejiSentRecord *self = g_new0 (YejiSentRecord, 1);

  if (take_sum (self, request))
    self->refusal = read_into (self, context, request);
  if (self->refusal != NULL)
    g_clear_object (&self->record);
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
  g_clear_pointer (&self->unreadable, yeji_response_free);
  g_free (self->text);
  g_free (self->sum);
  g_free (self);
}

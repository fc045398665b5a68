// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-reply.h"

#include <string.h>

/* A province that asks for a day's patience is obeyed for an hour: then the user has a say. */
#define MAX_RETRY_AFTER 3600

/* What a status means whose answer has no body, as every answer to HEAD. */
static const struct
{
  guint status;
  const char *kind;
} kinds[] = {
  { 400, YEJI_WIRE_MALFORMED },
  { 401, YEJI_WIRE_UNAUTHORISED },
  { 403, YEJI_WIRE_FORBIDDEN },
  { 404, YEJI_WIRE_NOT_FOUND },
  { 409, YEJI_WIRE_STATE },
  { 412, YEJI_WIRE_STALE },
  { 413, YEJI_WIRE_TOO_LARGE },
  { 422, YEJI_WIRE_INVALID },
};

static const char *
guess_kind (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].status == status)
      return kinds[i].kind;
  return YEJI_WIRE_INTERNAL;
}

static YejiRefusal *
read_refusal (guint      status,
              JsonNode  *body,
              GError   **error)
{
  if (body == NULL)
    return yeji_refusal_new (status, guess_kind (status), "", NULL, NULL);
  return yeji_refusal_from_json (body, error);
}

/* An entity tag without its quotes. A proxy that compresses makes a tag weak; the revision in it
 * is the same. */
static char *
read_etag (SoupMessageHeaders *headers)
{
  const char *tag = soup_message_headers_get_one (headers, "ETag");
  gsize length;

  if (tag == NULL)
    return NULL;
  if (g_str_has_prefix (tag, "W/"))
    tag += 2;
  length = strlen (tag);
  if (length < 3 || tag[0] != '"' || strchr (tag + 1, '"') != tag + length - 1)
    return NULL;
  return g_strndup (tag + 1, length - 2);
}

/* Only what the protocol lets the province say; a redirect is somebody else's word. */
static gboolean
is_answer (guint status)
{
  return (status >= 200 && status < 300) || status == SOUP_STATUS_NOT_MODIFIED
         || (status >= 400 && status < 600);
}

static gboolean
read_content (YejiReply  *self,
              gboolean    raw,
              GError    **error)
{
  gsize length;
  const char *text = g_bytes_get_data (self->content, &length);

  if (length > 0 && (!raw || self->status >= 400))
    {
      self->body = yeji_json_parse (text, (gssize) length, error);
      if (self->body == NULL)
        return FALSE;
    }
  if (self->status >= 400)
    {
      self->refusal = read_refusal (self->status, self->body, error);
      return self->refusal != NULL;
    }
  return TRUE;
}

static YejiReply *
read_reply (SoupMessage  *message,
            GBytes       *content,
            gboolean      raw,
            GError      **error)
{
  g_autoptr (YejiReply) self = g_new0 (YejiReply, 1);
  g_autoptr (GError) reason = NULL;

  self->status = soup_message_get_status (message);
  self->content = g_bytes_ref (content);
  self->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  self->etag = read_etag (self->headers);
  if (!is_answer (self->status))
    {
      g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE,
                   "status %u is none of the protocol", self->status);
      return NULL;
    }
  if (!read_content (self, raw, &reason))
    {
      g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE,
                   "the answer with status %u cannot be read: %s", self->status, reason->message);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * yeji_reply_new:
 * @message: a message whose headers have come
 * @content: the whole body
 *
 * Reads an answer. Fails with #YEJI_SYNC_ERROR_UNREACHABLE when it is not one that the protocol
 * knows.
 *
 * Returns: (transfer full) (nullable): the answer, %NULL on error
 */
YejiReply *
yeji_reply_new (SoupMessage  *message,
                GBytes       *content,
                GError      **error)
{
  return read_reply (message, content, FALSE, error);
}

/**
 * yeji_reply_new_raw:
 *
 * Does what yeji_reply_new() does, but leaves the content of a success unread: whoever asked looks
 * at its bytes.
 *
 * Returns: (transfer full) (nullable): the answer, %NULL on error
 */
YejiReply *
yeji_reply_new_raw (SoupMessage  *message,
                    GBytes       *content,
                    GError      **error)
{
  return read_reply (message, content, TRUE, error);
}

/**
 * yeji_reply_new_foreign:
 *
 * Takes the answer of a server that is no province: its body may be anything, and a refusal's text
 * is its beginning.
 *
 * Returns: (transfer full): the answer
 */
YejiReply *
yeji_reply_new_foreign (SoupMessage *message,
                        GBytes      *content)
{
  YejiReply *self = g_new0 (YejiReply, 1);
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;
  gsize length;
  const char *data = g_bytes_get_data (content, &length);

  self->status = soup_message_get_status (message);
  self->content = g_bytes_ref (content);
  self->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  self->etag = read_etag (self->headers);
  if (self->status < 400)
    return self;
  text = g_utf8_make_valid (data != NULL ? data : "", (gssize) MIN (length, 200));
  title = g_strdup_printf ("%u %s", self->status, g_strstrip (text));
  self->refusal = yeji_refusal_new (self->status,
                                    self->status == YEJI_STATUS_CHECKSUM_MISMATCH
                                      ? YEJI_WIRE_CHECKSUM : guess_kind (self->status),
                                    title, NULL, NULL);
  return self;
}

/* (a quota is used up until somebody does something about it) */
static gboolean
is_transient (YejiReply *self)
{
  return (self->status >= 500 && !g_str_equal (self->refusal->kind, YEJI_WIRE_QUOTA))
         || self->status == SOUP_STATUS_REQUEST_TIMEOUT
         || self->status == YEJI_STATUS_TOO_MANY_REQUESTS;
}

/* By the clock of who gave the answer, if it says what time it is: ours may be wrong. */
static gint64
count_until (GDateTime          *date,
             SoupMessageHeaders *headers)
{
  const char *value = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) there = value != NULL ? soup_date_time_new_from_http_string (value) : NULL;
  g_autoptr (GDateTime) here = g_date_time_new_now_utc ();

  return g_date_time_difference (date, there != NULL ? there : here) / G_TIME_SPAN_SECOND;
}

/**
 * yeji_reply_read_clock:
 * @now: Unix seconds, here
 *
 * Reads `Date`, which every answer has that came by nobody's clock but the province's.
 *
 * Returns: by how many seconds the province's clock is ahead of ours; 0 where it is not told
 */
gint64
yeji_reply_read_clock (SoupMessageHeaders *headers,
                       gint64              now)
{
  const char *value = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) there = value != NULL ? soup_date_time_new_from_http_string (value) : NULL;

  return there != NULL ? g_date_time_to_unix (there) - now : 0;
}

/**
 * yeji_reply_read_retry_after:
 *
 * Reads `Retry-After`, which is seconds or a date (RFC 9110, 10.2.3).
 *
 * Returns: seconds, an hour at most; 0 where it is missing, past or nonsense
 */
guint
yeji_reply_read_retry_after (SoupMessageHeaders *headers)
{
  const char *value = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;

  if (value == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &seconds, NULL))
    return (guint) MIN (seconds, MAX_RETRY_AFTER);
  date = soup_date_time_new_from_http_string (value);
  return date != NULL ? (guint) CLAMP (count_until (date, headers), 0, MAX_RETRY_AFTER) : 0;
}

static YejiSyncError
get_code (YejiReply *self)
{
  if (g_str_equal (self->refusal->kind, YEJI_WIRE_OTHER_VERSION))
    return YEJI_SYNC_ERROR_VERSION;
  if (is_transient (self))
    return YEJI_SYNC_ERROR_BUSY;
  return self->status == SOUP_STATUS_PRECONDITION_FAILED ? YEJI_SYNC_ERROR_STALE
                                                         : YEJI_SYNC_ERROR_REFUSED;
}

/**
 * yeji_reply_check:
 *
 * Makes an error of a refusal: #YEJI_SYNC_ERROR_BUSY when the same request may succeed later,
 * #YEJI_SYNC_ERROR_STALE for 412, #YEJI_SYNC_ERROR_VERSION when the province does not speak to a
 * program as old as this one, else #YEJI_SYNC_ERROR_REFUSED. The error carries the refusal.
 *
 * Returns: whether the province said yes
 */
gboolean
yeji_reply_check (YejiReply  *self,
                  GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->refusal == NULL)
    return TRUE;
  g_propagate_error (error,
                     yeji_sync_error_new_refused (get_code (self), self->refusal,
                                                  yeji_reply_read_retry_after (self->headers)));
  return FALSE;
}

/**
 * yeji_reply_get_offset:
 *
 * Returns: the `Upload-Offset` of a tus answer in bytes, -1 if there is none
 */
gint64
yeji_reply_get_offset (YejiReply *self)
{
  const char *value = soup_message_headers_get_one (self->headers, "Upload-Offset");
  guint64 offset;

  if (value == NULL || !g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &offset, NULL))
    return -1;
  return (gint64) offset;
}

/**
 * yeji_reply_free:
 * @self: (nullable) (transfer full)
 *
 * Frees an answer.
 */
void
yeji_reply_free (YejiReply *self)
{
  if (self == NULL)
    return;
  g_free (self->etag);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->body, json_node_unref);
  g_clear_pointer (&self->refusal, yeji_refusal_free);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_free (self);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-http"

#include "config.h"

#include "yeji-unreadable.h"

#include <string.h>

#include "yeji-json.h"

/* No address of ours is nearly as long, and what searches takes a line, not a book. */
#define MAX_TARGET 8192
/* A value takes some hundred bytes of memory, where its text may take two. No record of 2 MiB has
 * nearly as many. */
#define MAX_VALUES 200000
/* So that no sum with it overflows. */
#define MAX_LENGTH_DIGITS 18

static char *
print_refusal (guint status)
{
  g_autoptr (YejiRequest) request = yeji_request_new ("", "", NULL);
  g_autoptr (YejiResponse) response
    = yeji_refuse_status (request, status,
                          status == SOUP_STATUS_NOT_FOUND ? YEJI_WIRE_NOT_FOUND
                                                          : YEJI_WIRE_MALFORMED,
                          NULL, NULL);

  return yeji_json_print (response->body, FALSE);
}

/* Spaces behind JSON mean nothing: every refusal is as long as the longest. */
static GBytes *
make_body (guint status)
{
  g_autofree char *text = print_refusal (status);
  g_autofree char *common = print_refusal (SOUP_STATUS_BAD_REQUEST);
  char *padded = g_strdup_printf ("%-*s", (int) strlen (common), text);

  return g_bytes_new_take (padded, strlen (padded));
}

/* The one that lies ready for every request is printed once. On the main context's thread. */
static GBytes *
ref_body (guint status)
{
  static GBytes *common;

  if (status != SOUP_STATUS_BAD_REQUEST)
    return make_body (status);
  if (common == NULL)
    common = make_body (status);
  return g_bytes_ref (common);
}

static void
set_body (SoupServerMessage *message,
          guint              status)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GBytes) bytes = ref_body (status);

  soup_message_body_truncate (body);
  soup_message_body_append_bytes (body, bytes);
}

/* libsoup has told its status by now, and how long the body is; the body itself comes next. */
static void
handle_wrote_headers (SoupServerMessage *message,
                      gpointer           data)
{
  set_body (message, soup_server_message_get_status (message));
}

/* libsoup answers by itself what it cannot read, and tells nobody: so the answer lies ready before
 * it begins to read. */
static void
handle_started (SoupServer        *soup,
                SoupServerMessage *message,
                gpointer           data)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Yeji-Version", YEJI_WIRE_VERSION);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_set_content_type (headers, YEJI_WIRE_PROBLEM_TYPE, NULL);
  set_body (message, SOUP_STATUS_BAD_REQUEST);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (handle_wrote_headers), NULL);
}

/**
 * yeji_unreadable_watch:
 *
 * Has what libsoup refuses by itself answered as every other refusal, with a problem of RFC 9457.
 */
void
yeji_unreadable_watch (SoupServer *soup)
{
  g_signal_connect (soup, "request-started", G_CALLBACK (handle_started), NULL);
}

/**
 * yeji_unreadable_clear:
 *
 * The request can be read: what lies ready is not needed.
 */
void
yeji_unreadable_clear (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  g_signal_handlers_disconnect_by_func (message, handle_wrote_headers, NULL);
  soup_message_body_truncate (soup_server_message_get_response_body (message));
  soup_message_headers_remove (headers, "Content-Type");
}

/**
 * yeji_unreadable_judge:
 *
 * Looks at what libsoup lets through and should not: where the body ends must be said once and
 * plainly, or the next request on this connection begins where a proxy thinks that it does not
 * (RFC 9112, 6.3).
 *
 * Returns: the status with which the request is refused, or 0
 */
guint
yeji_unreadable_judge (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *length = soup_message_headers_get_list (headers, "Content-Length");
  GUri *uri = soup_server_message_get_uri (message);
  const char *query = g_uri_get_query (uri);

  if (length != NULL
      && (*length == '\0' || strlen (length) > MAX_LENGTH_DIGITS
          || strspn (length, "0123456789") != strlen (length)
          || soup_message_headers_get_list (headers, "Transfer-Encoding") != NULL))
    return SOUP_STATUS_BAD_REQUEST;
  if (strlen (g_uri_get_path (uri)) + (query != NULL ? strlen (query) : 0) > MAX_TARGET)
    return SOUP_STATUS_REQUEST_URI_TOO_LONG;
  return 0;
}

/**
 * yeji_unreadable_is_crowded:
 * @body: of JSON, it is said
 *
 * Counts what separates values, in strings too: it is not less than there are.
 *
 * Returns: whether reading it would take more memory than is due
 */
gboolean
yeji_unreadable_is_crowded (const GByteArray *body)
{
  guint n_values = 0;

  for (guint i = 0; i < body->len; i++)
    n_values += body->data[i] == ',' || body->data[i] == '[' || body->data[i] == '{';
  return n_values > MAX_VALUES;
}

/**
 * yeji_unreadable_end:
 * @response: a refusal
 *
 * Sends a refusal at once and ends the connection, although the request has not come to its end and
 * maybe never will. Who goes on sending may miss the answer.
 */
void
yeji_unreadable_end (SoupServerMessage *message,
                     YejiResponse      *response)
{
  GSocket *socket = soup_server_message_get_socket (message);
  g_autofree char *body = yeji_json_print (response->body, FALSE);
  g_autofree char *text = NULL;

  if (socket == NULL)
    return;
  text = g_strdup_printf ("HTTP/1.1 %u %s\r\nYeji-Version: " YEJI_WIRE_VERSION "\r\n"
                          "Cache-Control: no-store\r\nConnection: close\r\n"
                          "Content-Type: " YEJI_WIRE_PROBLEM_TYPE "\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                          response->status, soup_status_get_phrase (response->status),
                          strlen (body), body);
  g_socket_send_with_blocking (socket, text, strlen (text), FALSE, NULL, NULL);
  g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-http"

#include "config.h"

#include "yeji-answering.h"

#include <string.h>

#include "yeji-json.h"
#include "yeji-sending.h"

static const struct
{
  guint status;
  const char *phrase;
} phrases[] = {
  { YEJI_STATUS_UPGRADE_REQUIRED, "Upgrade Required" },
  { YEJI_STATUS_PRECONDITION_REQUIRED, "Precondition Required" },
  { YEJI_STATUS_TOO_MANY_REQUESTS, "Too Many Requests" },
  { YEJI_STATUS_CHECKSUM_MISMATCH, "Checksum Mismatch" },
};

static void
set_file (YejiHttp           *http,
          SoupServerMessage  *message,
          YejiResponse       *response,
          SoupMessageHeaders *headers)
{
  g_autoptr (GError) error = NULL;

  soup_message_headers_set_content_type (headers, response->type, NULL);
  if (yeji_sending_begin (http, message, response->file, response->first, response->n_bytes,
                          &error))
    return;
  g_warning ("%s", error->message);
  soup_server_message_set_status (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, NULL);
}

static void
set_body (YejiHttp           *http,
          SoupServerMessage  *message,
          YejiResponse       *response,
          SoupMessageHeaders *headers)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  if (response->file != NULL)
    set_file (http, message, response, headers);
  else if (response->content != NULL)
    {
      soup_message_headers_set_content_type (headers, response->type, NULL);
      soup_message_body_append_bytes (body, response->content);
    }
  else if (response->body != NULL)
    {
      char *text = yeji_json_print (response->body, FALSE);

      soup_message_headers_set_content_type (headers,
                                             response->type != NULL ? response->type
                                                                    : "application/json",
                                             NULL);
      soup_message_body_append_take (body, (guchar *) text, strlen (text));
    }
}

/**
 * yeji_answering_write:
 * @path: what was asked for
 *
 * Puts an answer into libsoup's message: status, headers, body.
 */
void
yeji_answering_write (YejiHttp          *http,
                      SoupServerMessage *message,
                      const char        *path,
                      YejiResponse      *response)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *phrase = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (phrases[i].status == response->status)
      phrase = phrases[i].phrase;
  soup_server_message_set_status (message, response->status, phrase);
  soup_message_headers_replace (headers, "Yeji-Version", YEJI_WIRE_VERSION);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (g_str_has_prefix (path, "/v1/files"))
    soup_message_headers_replace (headers, "Tus-Resumable", YEJI_WIRE_TUS_VERSION);
  for (guint i = 0; i < response->headers->len; i += 2)
    soup_message_headers_replace (headers, g_ptr_array_index (response->headers, i),
                                  g_ptr_array_index (response->headers, i + 1));
  set_body (http, message, response, headers);
}

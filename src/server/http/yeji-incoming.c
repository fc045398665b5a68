// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-http"

#include "config.h"

#include "yeji-incoming.h"

#include "yeji-peer.h"

static void
read_header (const char *name,
             const char *value,
             gpointer    data)
{
  yeji_request_set_header (data, name, value);
}

/**
 * yeji_incoming_read:
 * @message: whose headers have come
 *
 * Returns: (transfer full): what handlers are to know of it
 */
YejiRequest *
yeji_incoming_read (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri *uri = soup_server_message_get_uri (message);
  const char *method = soup_message_headers_get_one (headers, "X-HTTP-Method-Override");
  YejiRequest *request;

  /* tus allows it, for clients behind a proxy that knows no PATCH. */
  if (method == NULL)
    method = soup_server_message_get_method (message);
  request = yeji_request_new (method, g_uri_get_path (uri), g_uri_get_query (uri));
  soup_message_headers_foreach (headers, read_header, request);
  request->address = yeji_peer_find (message);
  /* libsoup would look at it by itself, and cut pieces out of every answer. */
  soup_message_headers_remove (headers, "Range");
  return request;
}

/**
 * yeji_incoming_is_small:
 *
 * Returns: whether the body is known to be no longer than @most, and not empty: it can be waited
 *   for
 */
gboolean
yeji_incoming_is_small (SoupServerMessage *message,
                        goffset            most)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  goffset length = soup_message_headers_get_content_length (headers);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
         && length > 0 && length <= most;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <libsoup/soup.h>

/* What the false province does with a message, and what it does to the line that brought it. */

static inline void
set_header (SoupServerMessage *message,
            const char        *name,
            const char        *format,
            ...) G_GNUC_PRINTF (3, 4);

static inline void
set_header (SoupServerMessage *message,
            const char        *name,
            const char        *format,
            ...)
{
  va_list arguments;
  g_autofree char *value = NULL;

  va_start (arguments, format);
  value = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), name, value);
}

static inline const char *
get_header (SoupServerMessage *message,
            const char        *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (message), name);
}

static inline GBytes *
get_body (SoupServerMessage *message)
{
  return soup_message_body_flatten (soup_server_message_get_request_body (message));
}

static inline void
hang_up (SoupServerMessage *message)
{
  g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
}

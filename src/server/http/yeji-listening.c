// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-http"

#include "config.h"

#include "yeji-listening.h"

#include <string.h>

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

/* Connections that the system holds until they are taken. GLib's own ten are gone when some hundred
 * clients come at one moment, and those beyond wait for seconds or are turned away. */
#define BACKLOG 1024

/* What a killed server left behind; the lock on the data says that none is running. A file that
 * somebody's typing error names stays. */
static void
remove_socket (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL)
      == G_FILE_TYPE_SPECIAL)
    g_remove (path);
}

static GSocketAddress *
parse_address (const char  *text,
               GError     **error)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *host = NULL;
  guint64 port = 0;
  GSocketAddress *address = NULL;

  if (g_str_has_prefix (text, "unix:") && text[strlen ("unix:")] != '\0')
    {
      remove_socket (text + strlen ("unix:"));
      return g_unix_socket_address_new (text + strlen ("unix:"));
    }
  if (colon != NULL && g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    {
      host = g_strndup (text, (gsize) (colon - text));
      if (g_str_has_prefix (host, "[") && g_str_has_suffix (host, "]"))
        {
          host[strlen (host) - 1] = '\0';
          memmove (host, host + 1, strlen (host));
        }
      address = g_inet_socket_address_new_from_string (g_str_equal (host, "localhost")
                                                         ? "127.0.0.1" : host,
                                                       (guint) port);
    }
  if (address == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "%s: neither ADDRESS:PORT nor unix:PATH", text);
  return address;
}

/**
 * yeji_listening_open:
 * @address: `ADDRESS:PORT`, where port 0 chooses one, or `unix:PATH`
 *
 * Returns: (transfer full) (nullable): a socket that listens
 */
GSocket *
yeji_listening_open (const char  *address,
                     GError     **error)
{
  g_autoptr (GSocketAddress) parsed = parse_address (address, error);
  g_autoptr (GSocket) socket = NULL;

  if (parsed == NULL)
    return NULL;
  socket = g_socket_new (g_socket_address_get_family (parsed), G_SOCKET_TYPE_STREAM,
                         G_SOCKET_PROTOCOL_DEFAULT, error);
  if (socket == NULL || !g_socket_bind (socket, parsed, TRUE, error))
    return NULL;
  g_socket_set_listen_backlog (socket, BACKLOG);
  return g_socket_listen (socket, error) ? g_steal_pointer (&socket) : NULL;
}

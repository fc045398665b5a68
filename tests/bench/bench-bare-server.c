// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The least that a SoupServer can do: it reads each request to its end and answers 204. What a
 * server of ours does beside it is measured against this. */

#include "config.h"

#include <libsoup/soup.h>
#include <stdio.h>

static void
answer (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           data)
{
  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
}

/* Or libsoup would close the connection behind each 204. */
static void
set_encoding (SoupServerMessage *message)
{
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message),
                                     SOUP_ENCODING_NONE);
}

static void
on_started (SoupServer        *server,
            SoupServerMessage *message)
{
  g_signal_connect (message, "wrote-headers", G_CALLBACK (set_encoding), NULL);
}

/* As many may knock at once as at ours. */
static gboolean
listen_on (SoupServer  *server,
           GError     **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL || !g_socket_bind (socket, address, TRUE, error))
    return FALSE;
  g_socket_set_listen_backlog (socket, 1024);
  return g_socket_listen (socket, error) && soup_server_listen_socket (server, socket, 0, error);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (SoupServer) server = soup_server_new ("server-header", NULL, NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  soup_server_add_handler (server, NULL, answer, NULL, NULL);
  g_signal_connect (server, "request-started", G_CALLBACK (on_started), NULL);
  if (!listen_on (server, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  uris = soup_server_get_uris (server);
  g_print ("listening on http://127.0.0.1:%d\n", g_uri_get_port (uris->data));
  fflush (stdout);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (loop);
  return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#include "config.h"

#include "bad-line.h"

#include <string.h>

#define DRIP_TIME 100

struct _BadLine
{
  GSocketService *service;
  char *url;
  guint16 port;                /* of the province */
  BadLineMood mood;
  char *text;
  GPtrArray *visits;
  guint n_visits;
  char *head;                  /* what came last */
};

typedef struct
{
  BadLine *line;
  GSocketConnection *here;
  GSocketConnection *there;    /* (nullable) */
  GCancellable *cancellable;
  char *answer;
  gsize said;
  guint drip;
  char buffer[16 * 1024];
} Visit;

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  g_clear_handle_id (&visit->drip, g_source_remove);
  g_cancellable_cancel (visit->cancellable);
  g_socket_shutdown (g_socket_connection_get_socket (visit->here), TRUE, TRUE, NULL);
  if (visit->there != NULL)
    g_socket_shutdown (g_socket_connection_get_socket (visit->there), TRUE, TRUE, NULL);
  g_clear_object (&visit->there);
  g_object_unref (visit->here);
  g_object_unref (visit->cancellable);
  g_free (visit->answer);
  g_free (visit);
}

static void
end (Visit *visit)
{
  g_ptr_array_remove_fast (visit->line->visits, visit);
}

static gboolean
drip (gpointer data)
{
  Visit *visit = data;
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (visit->here));

  if (visit->answer[visit->said] != '\0'
      && g_output_stream_write (out, visit->answer + visit->said++, 1, NULL, NULL) == 1)
    return G_SOURCE_CONTINUE;
  visit->drip = 0;
  end (visit);
  return G_SOURCE_REMOVE;
}

static void
go_through (Visit *visit)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  visit->there = g_socket_client_connect_to_host (client, "127.0.0.1", visit->line->port, NULL,
                                                  NULL);
  if (visit->there != NULL)
    g_io_stream_splice_async (G_IO_STREAM (visit->here), G_IO_STREAM (visit->there),
                              G_IO_STREAM_SPLICE_CLOSE_STREAM1 | G_IO_STREAM_SPLICE_CLOSE_STREAM2,
                              G_PRIORITY_DEFAULT, visit->cancellable, NULL, NULL);
}

static void
answer (Visit *visit)
{
  static const char connected[] = "HTTP/1.1 200 Connection established\r\n\r\n";
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (visit->here));

  if (visit->line->mood == BAD_LINE_SILENT)
    return;
  if (visit->line->mood == BAD_LINE_PROXY)
    {
      g_output_stream_write_all (out, connected, strlen (connected), NULL, NULL, NULL);
      go_through (visit);
      return;
    }
  visit->answer = g_strdup (visit->line->text);
  if (visit->line->mood == BAD_LINE_DRIPS)
    {
      visit->drip = g_timeout_add (DRIP_TIME, drip, visit);
      return;
    }
  g_output_stream_write_all (out, visit->answer, strlen (visit->answer), NULL, NULL, NULL);
  end (visit);
}

/* A visit that was ended has cancelled what it waited for, and is no more. */
static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GError) error = NULL;
  gssize size = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);
  Visit *visit = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (size <= 0)
    {
      end (visit);
      return;
    }
  g_free (visit->line->head);
  visit->line->head = g_strndup (visit->buffer, (gsize) size);
  answer (visit);
}

static gboolean
on_incoming (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             BadLine           *self)
{
  Visit *visit;

  self->n_visits++;
  if (self->mood == BAD_LINE_CLOSED)
    {
      g_socket_shutdown (g_socket_connection_get_socket (connection), TRUE, TRUE, NULL);
      return TRUE;
    }
  visit = g_new0 (Visit, 1);
  visit->line = self;
  visit->here = g_object_ref (connection);
  visit->cancellable = g_cancellable_new ();
  g_ptr_array_add (self->visits, visit);
  if (self->mood == BAD_LINE_GOOD)
    go_through (visit);
  else
    g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                               visit->buffer, sizeof visit->buffer, G_PRIORITY_DEFAULT,
                               visit->cancellable, on_read, visit);
  return TRUE;
}

/**
 * bad_line_new:
 * @there: the province's address, http and loopback; "" for a line that leads nowhere
 *
 * Returns: (transfer full): a good line to there
 */
BadLine *
bad_line_new (const char *there)
{
  BadLine *self = g_new0 (BadLine, 1);
  g_autoptr (GUri) uri = *there != '\0' ? g_uri_parse (there, G_URI_FLAGS_NONE, NULL) : NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) own = NULL;
  g_autoptr (GError) error = NULL;

  self->port = uri != NULL ? (guint16) g_uri_get_port (uri) : 0;
  self->visits = g_ptr_array_new_with_free_func (visit_free);
  self->text = g_strdup ("");
  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &own, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (own)));
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  return self;
}

void
bad_line_free (BadLine *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_ptr_array_unref (self->visits);
  g_object_unref (self->service);
  g_free (self->head);
  g_free (self->text);
  g_free (self->url);
  g_free (self);
}

const char *
bad_line_get_url (BadLine *self)
{
  return self->url;
}

/**
 * bad_line_set:
 * @text: (nullable): what it says, if it says something
 *
 * Changes its mood. Every connection ends.
 */
void
bad_line_set (BadLine     *self,
              BadLineMood  mood,
              const char  *text)
{
  self->mood = mood;
  g_free (self->text);
  self->text = g_strdup (text != NULL ? text : "");
  g_ptr_array_set_size (self->visits, 0);
}

/**
 * bad_line_count:
 *
 * Returns: how many connections came
 */
guint
bad_line_count (BadLine *self)
{
  return self->n_visits;
}

/**
 * bad_line_get_head:
 *
 * Returns: (nullable): the beginning of the last request that it did not let through
 */
const char *
bad_line_get_head (BadLine *self)
{
  return self->head;
}

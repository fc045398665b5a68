// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-http"

#include "config.h"

#include "yeji-sending.h"

#define DATA_KEY "yeji-sending"
#define BLOCK (256 * 1024)
/* One goes out while the other is read. */
#define MAX_BLOCKS 2

/* A file on its way out: read block by block on a thread of the disk, so that neither a large file
 * fills the memory nor a slow disk holds the others up. */
typedef struct
{
  YejiHttp *http;
  SoupServerMessage *message;  /* (unowned) (nullable) */
  GInputStream *stream;
  char *path;
  gint64 left;                 /* bytes that were not read */
  guint n_blocks;              /* that libsoup has */
  gboolean reading;
  guint n_users;               /* the message, and who reads; in the main context alone */
} Sending;

static void
leave (Sending *self)
{
  if (--self->n_users > 0)
    return;
  g_object_unref (self->stream);
  g_object_unref (self->http);
  g_free (self->path);
  g_free (self);
}

static void
read_block (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  Sending *self = data;
  gsize size = (gsize) MIN (self->left, BLOCK);
  g_autofree guint8 *block = g_malloc (size);
  g_autoptr (GError) error = NULL;
  gsize n = 0;

  if (!g_input_stream_read_all (self->stream, block, size, &n, NULL, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (n < size)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "is shorter than it was");
  else
    g_task_return_pointer (task, g_bytes_new_take (g_steal_pointer (&block), size),
                           (GDestroyNotify) g_bytes_unref);
}

static void read_on (Sending *self);

/* The status has gone out already: an end before the length tells the client. */
static void
break_off (Sending      *self,
           const GError *error)
{
  GSocket *socket = soup_server_message_get_socket (self->message);

  g_warning ("%s: %s", self->path, error->message);
  if (socket != NULL)
    g_socket_shutdown (socket, TRUE, TRUE, NULL);
}

static void
hand_over (Sending *self,
           GBytes  *block)
{
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);

  self->left -= (gint64) g_bytes_get_size (block);
  self->n_blocks++;
  soup_message_body_append_bytes (body, block);
  if (self->left == 0)
    soup_message_body_complete (body);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Sending *self = data;
  YejiHttp *http = self->http;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) block = g_task_propagate_pointer (G_TASK (result), &error);

  self->reading = FALSE;
  if (self->message != NULL && block != NULL)
    {
      hand_over (self, block);
      read_on (self);
    }
  else if (self->message != NULL)
    break_off (self, error);
  /* libsoup pauses by itself when it has nothing to write */
  if (self->message != NULL)
    soup_server_message_unpause (self->message);
  yeji_http_leave (http);
  leave (self);
}

static void
read_on (Sending *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->reading || self->left == 0 || self->n_blocks >= MAX_BLOCKS)
    return;
  self->reading = TRUE;
  self->n_users++;
  yeji_http_enter (self->http);
  task = g_task_new (NULL, NULL, on_read, self);
  g_task_set_task_data (task, self, NULL);
  yeji_worker_push (yeji_http_get_lane (self->http, YEJI_LANE_DISK, self->path), task, read_block);
}

static void
handle_wrote_chunk (SoupServerMessage *message,
                    Sending           *self)
{
  self->n_blocks--;
  read_on (self);
}

static void
handle_end (SoupServerMessage *message,
            Sending           *self)
{
  self->message = NULL;
}

/**
 * yeji_sending_begin:
 * @message: to which the rest of the answer is written
 * @path: a file that does not change
 * @first: of its bytes
 * @n_bytes: from there on, at least one
 *
 * Begins to send a part of a file as the answer's body.
 *
 * Returns: %FALSE when it cannot be read; then the body is left alone
 */
gboolean
yeji_sending_begin (YejiHttp           *http,
                    SoupServerMessage  *message,
                    const char         *path,
                    gint64              first,
                    gint64              n_bytes,
                    GError            **error)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  Sending *self;

  if (stream == NULL || !g_seekable_seek (G_SEEKABLE (stream), first, G_SEEK_SET, NULL, error))
    return FALSE;
  self = g_new0 (Sending, 1);
  self->http = g_object_ref (http);
  self->message = message;
  self->stream = G_INPUT_STREAM (g_steal_pointer (&stream));
  self->path = g_strdup (path);
  self->left = n_bytes;
  self->n_users = 1;
  g_object_set_data_full (G_OBJECT (message), DATA_KEY, self, (GDestroyNotify) leave);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (handle_wrote_chunk), self);
  g_signal_connect (message, "finished", G_CALLBACK (handle_end), self);
  g_signal_connect (message, "disconnected", G_CALLBACK (handle_end), self);
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_headers_set_content_length (soup_server_message_get_response_headers (message),
                                           n_bytes);
  read_on (self);
  return TRUE;
}

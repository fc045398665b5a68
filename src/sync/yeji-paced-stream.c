// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-paced-stream.h"

#include <string.h>

/**
 * YejiPacedStream:
 *
 * Reads bytes as fast as a rate allows, and counts them: the body of an upload. Its reads block,
 * which is what a blocking request in a thread of its own wants.
 */
struct _YejiPacedStream
{
  GInputStream parent_instance;

  GBytes *bytes;
  gsize at;
  YejiPacer pacer;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (YejiPacedStream, yeji_paced_stream, G_TYPE_INPUT_STREAM)

static gssize
read_bytes (GInputStream  *stream,
            void          *buffer,
            gsize          count,
            GCancellable  *cancellable,
            GError       **error)
{
  YejiPacedStream *self = YEJI_PACED_STREAM (stream);
  gsize size;
  const guint8 *data = g_bytes_get_data (self->bytes, &size);
  gsize wanted = MIN (count, size - self->at);
  gsize granted;

  if (wanted == 0)
    return 0;
  granted = yeji_rate_take (self->pacer.rate, wanted, self->cancellable);
  if (granted == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the upload was cancelled");
      return -1;
    }
  memcpy (buffer, data + self->at, granted);
  self->at += granted;
  if (self->pacer.count != NULL)
    self->pacer.count (granted, self->pacer.data);
  return (gssize) granted;
}

static void
yeji_paced_stream_finalize (GObject *object)
{
  YejiPacedStream *self = YEJI_PACED_STREAM (object);

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (yeji_paced_stream_parent_class)->finalize (object);
}

static void
yeji_paced_stream_class_init (YejiPacedStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_paced_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = read_bytes;
}

static void
yeji_paced_stream_init (YejiPacedStream *self)
{
}

/**
 * yeji_paced_stream_new:
 * @pacer: (nullable): what it points to outlives the stream
 *
 * Returns: (transfer full): a stream of @bytes
 */
GInputStream *
yeji_paced_stream_new (GBytes          *bytes,
                       const YejiPacer *pacer,
                       GCancellable    *cancellable)
{
  YejiPacedStream *self = g_object_new (YEJI_TYPE_PACED_STREAM, NULL);

  self->bytes = g_bytes_ref (bytes);
  if (pacer != NULL)
    self->pacer = *pacer;
  g_set_object (&self->cancellable, cancellable);
  return G_INPUT_STREAM (self);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-batch-stream.h"

#include <string.h>

#define BLOCK (256 * 1024)

/**
 * YejiBatchStream:
 *
 * Reads a list and then files, one behind the other, as fast as a rate allows: the body of a batch.
 * However many files there are, one block of them is in the memory. Its reads block, as those of
 * #YejiPacedStream do. What leaves is counted for the file that it is of.
 */
struct _YejiBatchStream
{
  GInputStream parent_instance;

  YejiBatchBody *body;         /* (unowned) */
  gsize listed;                /* of the list, what has left */
  guint at;                    /* the file that is read */
  gint64 offset;               /* of the next byte that is read of it */
  guint8 *block;
  gsize n_block;               /* bytes in the block */
  gsize n_left;                /* of them, what has left */
};

G_DEFINE_FINAL_TYPE (YejiBatchStream, yeji_batch_stream, G_TYPE_INPUT_STREAM)

/* The next block of the file; whoever changed it may have done so while it was read. */
static gboolean
fill_block (YejiBatchStream  *self,
            YejiTusSource    *source,
            GError          **error)
{
  gsize length = (gsize) MIN (source->size - self->offset, BLOCK);

  if (!yeji_tus_source_read (source, self->offset, self->block, length, self->body->cancellable,
                             error)
      || !yeji_tus_source_check (source, self->body->cancellable, error))
    return FALSE;
  self->offset += (gint64) length;
  self->n_block = length;
  self->n_left = 0;
  return TRUE;
}

static gsize
take_list (YejiBatchStream *self,
           void            *buffer,
           gsize            count)
{
  gsize size;
  const guint8 *list = g_bytes_get_data (self->body->list, &size);
  gsize n = MIN (count, size - self->listed);

  if (n > 0)
    memcpy (buffer, list + self->listed, n);
  self->listed += n;
  return n;
}

/* NULL: the end, or an error */
static YejiTusSource *
find_source (YejiBatchStream  *self,
             GError          **error)
{
  YejiBatchBody *body = self->body;
  YejiTusSource *source;

  if (self->n_left < self->n_block)
    return g_ptr_array_index (body->sources, self->at);
  if (self->at < body->sources->len
      && self->offset == ((YejiTusSource *) g_ptr_array_index (body->sources, self->at))->size)
    {
      self->at++;
      self->offset = 0;
    }
  if (self->at == body->sources->len)
    return NULL;
  source = g_ptr_array_index (body->sources, self->at);
  if (fill_block (self, source, &body->error))
    return source;
  body->failed = self->at;
  g_propagate_error (error, g_error_copy (body->error));
  return NULL;
}

static gssize
read_bytes (GInputStream  *stream,
            void          *buffer,
            gsize          count,
            GCancellable  *cancellable,
            GError       **error)
{
  YejiBatchStream *self = YEJI_BATCH_STREAM (stream);
  gsize n = take_list (self, buffer, count);
  g_autoptr (GError) local_error = NULL;
  YejiTusSource *source;
  const YejiPacer *pacer;

  if (n > 0)
    return (gssize) n;
  source = find_source (self, &local_error);
  if (source == NULL)
    {
      if (local_error == NULL)
        return 0;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return -1;
    }
  pacer = &source->file->pacer;
  n = yeji_rate_take (pacer->rate, MIN (count, self->n_block - self->n_left),
                      self->body->cancellable);
  if (n == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the upload was cancelled");
      return -1;
    }
  memcpy (buffer, self->block + self->n_left, n);
  self->n_left += n;
  if (pacer->count != NULL)
    pacer->count (n, pacer->data);
  return (gssize) n;
}

static void
yeji_batch_stream_finalize (GObject *object)
{
  YejiBatchStream *self = YEJI_BATCH_STREAM (object);

  g_free (self->block);
  G_OBJECT_CLASS (yeji_batch_stream_parent_class)->finalize (object);
}

static void
yeji_batch_stream_class_init (YejiBatchStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_batch_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = read_bytes;
}

static void
yeji_batch_stream_init (YejiBatchStream *self)
{
  self->block = g_malloc (BLOCK);
}

/**
 * yeji_batch_stream_new:
 *
 * Returns: (transfer full): a stream from the first byte on
 */
GInputStream *
yeji_batch_stream_new (YejiBatchBody *body)
{
  YejiBatchStream *self = g_object_new (YEJI_TYPE_BATCH_STREAM, NULL);

  self->body = body;
  return G_INPUT_STREAM (self);
}

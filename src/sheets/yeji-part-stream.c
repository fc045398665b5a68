// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-xlsx-private.h"

/* A file of an archive as a stream. */
#define YEJI_TYPE_PART_STREAM (yeji_part_stream_get_type ())
G_DECLARE_FINAL_TYPE (YejiPartStream, yeji_part_stream, YEJI, PART_STREAM, GInputStream)

struct _YejiPartStream
{
  GInputStream parent_instance;
  YejiXlsxPart *part;
};

G_DEFINE_FINAL_TYPE (YejiPartStream, yeji_part_stream, G_TYPE_INPUT_STREAM)

static gssize
yeji_part_stream_read (GInputStream  *stream,
                       void          *buffer,
                       gsize          length,
                       GCancellable  *cancellable,
                       GError       **error)
{
  YejiPartStream *self = YEJI_PART_STREAM (stream);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  return yeji_xlsx_part_read (self->part, buffer, length, error);
}

static void
yeji_part_stream_finalize (GObject *object)
{
  YejiPartStream *self = YEJI_PART_STREAM (object);

  g_clear_pointer (&self->part, yeji_xlsx_part_free);
  G_OBJECT_CLASS (yeji_part_stream_parent_class)->finalize (object);
}

static void
yeji_part_stream_class_init (YejiPartStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_part_stream_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = yeji_part_stream_read;
}

static void
yeji_part_stream_init (YejiPartStream *self)
{
}

/* Opens a file of an archive by its name in small letters. */
GInputStream *
yeji_part_stream_new (const char  *path,
                      const char  *part,
                      GError     **error)
{
  YejiXlsxPart *opened = yeji_xlsx_part_open (path, part, YEJI_XLSX_LARGE_PART, error);
  YejiPartStream *self;

  if (opened == NULL)
    return NULL;
  self = g_object_new (YEJI_TYPE_PART_STREAM, NULL);
  self->part = opened;
  return G_INPUT_STREAM (self);
}

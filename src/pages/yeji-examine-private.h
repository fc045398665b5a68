// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <cairo.h>
#include <json-glib/json-glib.h>

#include "yeji-document-head.h"
#include "yeji-page-source.h"

G_BEGIN_DECLS

/* A file while it is looked at. */
typedef struct
{
  GFile *file;
  const char *media_type;      /* (nullable) */
  gint64 size;                 /* bytes that were read */
  char *sha256;
  YejiDocumentHead head;
} YejiInspected;

/* yeji-examine-file.c */
GFile          *yeji_examine_get_file (const char *path);
gboolean        yeji_inspected_read   (YejiInspected *self, GFile *file, GError **error);
void            yeji_inspected_clear  (YejiInspected *self);
YejiPageSource *yeji_inspected_open   (YejiInspected *self, GError **error);
guint           yeji_inspected_get_dpi (const YejiInspected *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiInspected, yeji_inspected_clear)

/* yeji-examine-sink.c: a file that is there only when it is whole. */
typedef struct
{
  GFile *file;
  GFile *part;                 /* what is written to */
  GFileOutputStream *stream;
  gint64 written;
  gint64 limit;                /* bytes; beyond it nothing is written */
  GError *error;
} YejiSink;

gboolean        yeji_sink_open   (YejiSink *self, GFile *file, gint64 limit, GError **error);
cairo_status_t  yeji_sink_write  (void *self, const unsigned char *data, unsigned int length);
gboolean        yeji_sink_finish (YejiSink *self, GError **error);
void            yeji_sink_clear  (YejiSink *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiSink, yeji_sink_clear)

/* yeji-examine-jpeg.c */
GBytes         *yeji_picture_to_jpeg (const YejiPagePicture *picture, int quality, double dpi,
                                      GError **error);
cairo_surface_t *yeji_jpeg_to_surface (GBytes *jpeg);

/* What was made. */
typedef struct
{
  const char *media_type;
  gint64 size;
  guint n_pages;
  guint dpi;
} YejiMade;

/* yeji-shrink.c */
gboolean        yeji_shrink  (GFile *file, GFile *to, gint64 limit, YejiMade *made,
                              GError **error);
/* yeji-combine.c */
gboolean        yeji_combine (GPtrArray *files, GFile *to, YejiMade *made, GError **error);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-digest.h"
#include "yeji-tus.h"

G_BEGIN_DECLS

/* What sends one file and what sends many share. */

struct _YejiTus
{
  const YejiTusLine *line;
  gpointer data;
  char *endpoint;
  gsize fixed_piece;           /* 0: it follows from the line */

  GMutex mutex;                /* guards what follows */
  gboolean asked;              /* what the server can do */
  gboolean with_upload;        /* a creation may have a body */
  guint batch_files;           /* how many may go in one request; 0: each goes by itself */
  gint64 batch_size;           /* how many bytes these may have */
  const char *algorithm;       /* (nullable): its word for how pieces are summed up */
  YejiDigestKind digest;
  double pace;                 /* of one request, bytes a second; 0: not known */
  gsize cap;                   /* no larger body: one of twice the size was cut off */
};

/* A file that was opened, and must not change until it is sent. */
typedef struct
{
  const YejiTusFile *file;
  GFileInputStream *stream;
  gint64 size;
  guint64 modified;            /* microseconds */
} YejiTusSource;

gboolean   yeji_tus_source_open  (YejiTusSource       *self,
                                  const YejiTusFile   *file,
                                  GCancellable        *cancellable,
                                  GError             **error);
gboolean   yeji_tus_source_check (YejiTusSource       *self,
                                  GCancellable        *cancellable,
                                  GError             **error);
gboolean   yeji_tus_source_read  (YejiTusSource       *self,
                                  gint64               offset,
                                  guint8              *data,
                                  gsize                length,
                                  GCancellable        *cancellable,
                                  GError             **error);
void       yeji_tus_source_fail  (YejiTusSource       *self,
                                  const char          *what,
                                  GError             **error);
void       yeji_tus_source_clear (YejiTusSource       *self);

YejiReply *yeji_tus_exchange     (YejiTus              *self,
                                  const YejiTusRequest *request,
                                  const YejiTusFile    *file,
                                  GCancellable         *cancellable,
                                  GError              **error);
gboolean   yeji_tus_ask          (YejiTus             *self,
                                  const YejiTusFile   *file,
                                  GCancellable        *cancellable,
                                  GError             **error);
void       yeji_tus_forget_batch (YejiTus             *self);

G_END_DECLS

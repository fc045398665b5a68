// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-paced-stream.h"
#include "yeji-reply.h"

G_BEGIN_DECLS

/* One request, as whatever carries it gets it. */
typedef struct
{
  const char *method;
  const char *url;             /* as the carrier's `localise` made it, or the endpoint */
  GPtrArray *headers;          /* name, value, ... */
  const char *media_type;      /* (nullable): of the body */
  GBytes *body;                /* (nullable) */
  GInputStream *(*open) (gpointer data);  /* (nullable): begins a body that is not in the memory,
                                * once more where the request has to be sent again */
  gpointer open_data;
  gsize size;                  /* of the body that @open begins */
  const YejiPacer *pacer;      /* (nullable): what the body is sent by */
} YejiTusRequest;

/* What carries the requests: a province with its session, or a plain connection. Both functions are
 * called from many threads at once. */
typedef struct
{
  /* Blocks; fails with an error of #YejiSyncError or %G_IO_ERROR_CANCELLED when no answer came. */
  YejiReply *(*send) (gpointer               line,
                      const YejiTusRequest  *request,
                      GCancellable          *cancellable,
                      GError               **error);
  /* A Location header as a URL for @send, or %NULL when it leads elsewhere. */
  char *(*localise) (gpointer    line,
                     const char *location);
} YejiTusLine;

/* What became of one request, for an estimate; @n_bytes are of its body. */
typedef void (*YejiTusCount) (gint64   duration,
                              gint64   n_bytes,
                              gpointer data);

/* One file that is to be sent; the functions are called in the sending thread. */
typedef struct
{
  GFile *file;
  const char *name;            /* for messages */
  gint64 size;                 /* -1: whatever it is */
  const char *sha256;          /* (nullable): what the content must have */
  const char *metadata;        /* (nullable): the header Upload-Metadata */
  gboolean careful;            /* whatever arrives counts: no sums of pieces, which make a piece
                                * that is cut off worthless */
  char *url;                   /* (inout) (nullable): where an earlier try had begun */
  YejiPacer pacer;

  /* (nullable): keeps `url` */
  gboolean (*note_url) (const char  *url,
                        gpointer     data,
                        GError     **error);
  /* (nullable): the server has so many bytes */
  void (*note_offset) (gint64   offset,
                       gpointer data);
  /* (nullable): asks whether the server has the whole file with the right sum, when all of it has
   * arrived but that answer was lost; without it, that is believed */
  gboolean (*confirm) (gboolean      *held,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error);
  YejiTusCount count;          /* (nullable) */
  gpointer data;
} YejiTusFile;

/* A client of one server that speaks tus 1.0.0. Thread-safe: what it learns of the server and of
 * the line in one thread is good for all. */
typedef struct _YejiTus YejiTus;

YejiTus  *yeji_tus_new       (const YejiTusLine  *line,
                              gpointer            data,
                              const char         *endpoint);
void      yeji_tus_free      (YejiTus            *self);
void      yeji_tus_set_piece (YejiTus            *self,
                              gsize               size);
gboolean  yeji_tus_send      (YejiTus            *self,
                              YejiTusFile        *file,
                              GCancellable       *cancellable,
                              GError            **error);
gboolean  yeji_tus_peek_batch (YejiTus           *self,
                              guint              *n_files,
                              gint64             *n_bytes);
gboolean  yeji_tus_get_batch (YejiTus            *self,
                              const YejiTusFile  *file,
                              guint              *n_files,
                              gint64             *n_bytes,
                              GCancellable       *cancellable,
                              GError            **error);
void      yeji_tus_terminate (YejiTus            *self,
                              const char         *url,
                              GCancellable       *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiTus, yeji_tus_free)

G_END_DECLS

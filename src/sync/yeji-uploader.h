// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-province.h"
#include "yeji-transfer-store.h"
#include "yeji-tus-batch.h"

G_BEGIN_DECLS

/* What is told of a file while it is sent, in the sending thread. */
typedef struct
{
  YejiPacer pacer;             /* its data is `data` too */
  void (*note_offset) (gint64   offset,
                       gpointer data);
  YejiTusCount count;
  gpointer data;
} YejiUploadWatch;

/* Sends files of records to one province. Thread-safe. */
typedef struct _YejiUploader YejiUploader;

GHashTable   *yeji_uploader_ask    (YejiProvince           *province,
                                    const char             *record,
                                    GPtrArray              *sums,
                                    GCancellable           *cancellable,
                                    GError                **error);

YejiUploader *yeji_uploader_new    (YejiStore              *store,
                                    YejiProvince           *province);
void          yeji_uploader_free   (YejiUploader           *self);
gboolean      yeji_uploader_send   (YejiUploader           *self,
                                    YejiTransferRow        *row,
                                    const YejiUploadWatch  *watch,
                                    GCancellable           *cancellable,
                                    GError                **error);
gboolean      yeji_uploader_peek_batch (YejiUploader       *self,
                                    guint                  *n_files,
                                    gint64                 *n_bytes);
gboolean      yeji_uploader_get_batch (YejiUploader        *self,
                                    guint                  *n_files,
                                    gint64                 *n_bytes,
                                    GCancellable           *cancellable,
                                    GError                **error);
gboolean      yeji_uploader_send_many (YejiUploader        *self,
                                    YejiTransferRow       **rows,
                                    const YejiUploadWatch  *watches,
                                    const gboolean         *unsure,
                                    YejiTusResult          *results,
                                    guint                   n_files,
                                    GCancellable           *cancellable,
                                    GError                **error);
void          yeji_uploader_forget (YejiUploader           *self,
                                    const char             *url,
                                    GCancellable           *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiUploader, yeji_uploader_free)

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary-update.h"
#include "yeji-transfer-queue.h"

G_BEGIN_DECLS

/* The outcome of one cycle, for the command line. */
typedef struct
{
  guint submitted;
  guint refused;
  guint asked;                 /* applications for approved records that the province has now */
  guint doubted;               /* the province took them, and what it signed is not believed */
  guint files;
  guint changes;
  guint n_waiting;             /* files that still wait: @blocked says why */
  YejiTransfersBlock blocked;
  YejiDictionaryNews dictionary;
} YejiSyncReport;

/* Called on the calling thread, some times a second while files are sent. */
typedef void (*YejiSyncProgress) (const YejiTransferTotals *totals,
                                  gpointer                  data);

/* Blocking, for the command line and for the engine's own thread. */
gboolean yeji_sync_sign_in       (YejiStore       *store,
                                  const char      *url,
                                  const char      *user,
                                  const char      *password,
                                  GCancellable    *cancellable,
                                  GError         **error);
gboolean yeji_sync_sign_out      (YejiStore       *store,
                                  GCancellable    *cancellable,
                                  GError         **error);
gboolean yeji_sync_cycle         (YejiStore       *store,
                                  YejiProvince    *province,
                                  YejiSyncReport  *report,
                                  GCancellable    *cancellable,
                                  GError         **error);
gboolean yeji_sync_cycle_now     (YejiStore       *store,
                                  YejiProvince    *province,
                                  YejiSyncReport  *report,
                                  GCancellable    *cancellable,
                                  GError         **error);
gboolean yeji_sync_run           (YejiStore         *store,
                                  YejiProvince      *province,
                                  YejiTransferQueue *queue,
                                  YejiSyncReport    *report,
                                  YejiSyncProgress   progress,
                                  gpointer           data,
                                  GCancellable      *cancellable,
                                  GError           **error);
gboolean yeji_sync_run_now       (YejiStore         *store,
                                  YejiProvince      *province,
                                  YejiTransferQueue *queue,
                                  YejiSyncReport    *report,
                                  YejiSyncProgress   progress,
                                  gpointer           data,
                                  GCancellable      *cancellable,
                                  GError           **error);
gboolean yeji_sync_wait          (YejiStore       *store,
                                  YejiProvince    *province,
                                  gboolean        *news,
                                  GCancellable    *cancellable,
                                  GError         **error);

G_END_DECLS

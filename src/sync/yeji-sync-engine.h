// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sync-cycle.h"
#include "yeji-transfers.h"

G_BEGIN_DECLS

/**
 * YejiSyncState:
 * @YEJI_SYNC_SIGNED_OUT: no account, or the province no longer takes it
 * @YEJI_SYNC_OFFLINE: the last try did not reach the province; tried again by itself
 * @YEJI_SYNC_RUNNING: a cycle runs (push, upload, submit, pull)
 * @YEJI_SYNC_ONLINE: the last cycle succeeded, waiting for news
 */
typedef enum
{
  YEJI_SYNC_SIGNED_OUT,
  YEJI_SYNC_OFFLINE,
  YEJI_SYNC_RUNNING,
  YEJI_SYNC_ONLINE,
} YejiSyncState;

#define YEJI_TYPE_SYNC_ENGINE (yeji_sync_engine_get_type ())

G_DECLARE_FINAL_TYPE (YejiSyncEngine, yeji_sync_engine, YEJI, SYNC_ENGINE, GObject)

/* Properties: state (int, YejiSyncState), message (string, nullable: why offline or signed out),
 * user (string, nullable: display name). Notified in the main context. */
YejiSyncEngine *yeji_sync_engine_new        (YejiStore            *store);
YejiSyncState   yeji_sync_engine_get_state  (YejiSyncEngine       *self);
const char     *yeji_sync_engine_get_message(YejiSyncEngine       *self);
const char     *yeji_sync_engine_get_user   (YejiSyncEngine       *self);
YejiTransfers  *yeji_sync_engine_get_transfers (YejiSyncEngine    *self);
void            yeji_sync_engine_start      (YejiSyncEngine       *self);
void            yeji_sync_engine_wake       (YejiSyncEngine       *self);
void            yeji_sync_engine_stop       (YejiSyncEngine       *self);
void            yeji_sync_engine_sign_in_async  (YejiSyncEngine      *self,
                                                 const char          *url,
                                                 const char          *user,
                                                 const char          *password,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
gboolean        yeji_sync_engine_sign_in_finish (YejiSyncEngine      *self,
                                                 GAsyncResult        *result,
                                                 GError             **error);
void            yeji_sync_engine_sign_out   (YejiSyncEngine       *self);

G_END_DECLS

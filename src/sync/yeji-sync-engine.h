// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-presence.h"
#include "yeji-sync-cycle.h"
#include "yeji-sync-outcome.h"
#include "yeji-transfers.h"

G_BEGIN_DECLS

#define YEJI_TYPE_SYNC_ENGINE (yeji_sync_engine_get_type ())

G_DECLARE_FINAL_TYPE (YejiSyncEngine, yeji_sync_engine, YEJI, SYNC_ENGINE, GObject)

/* Properties: state (int, YejiSyncState; notified also when the outcome alone has changed),
 * message (string, nullable: why it does not work, a fragment), user (string, nullable: display
 * name). Notified in the main context. */
YejiSyncEngine *yeji_sync_engine_new        (YejiStore            *store);
YejiSyncState   yeji_sync_engine_get_state  (YejiSyncEngine       *self);
const char     *yeji_sync_engine_get_message(YejiSyncEngine       *self);
const YejiSyncOutcome *yeji_sync_engine_get_outcome (YejiSyncEngine *self);
gboolean        yeji_sync_engine_is_signed_in (YejiSyncEngine     *self);
const char     *yeji_sync_engine_get_user   (YejiSyncEngine       *self);
YejiStore      *yeji_sync_engine_get_store  (YejiSyncEngine       *self);
YejiTransfers  *yeji_sync_engine_get_transfers (YejiSyncEngine    *self);
YejiPresence   *yeji_sync_engine_get_presence (YejiSyncEngine     *self);
void            yeji_sync_engine_start      (YejiSyncEngine       *self);
void            yeji_sync_engine_wake       (YejiSyncEngine       *self);
void            yeji_sync_engine_try_now    (YejiSyncEngine       *self);
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

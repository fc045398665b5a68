// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-transfer-queue.h"
#include "yeji-transfer.h"

G_BEGIN_DECLS

/**
 * YejiTransfers:
 *
 * The files of all records that are to be sent, in their order, and what sends them: a #GListModel
 * of #YejiTransfer. What was received stays in the list until all is done and something new comes.
 * Lives in the main context that was the thread's default when it was made, and notifies there at
 * most four times a second. It is owned by the engine: yeji_sync_engine_get_transfers().
 *
 * Properties, written through the functions below and kept in the profile: paused (boolean),
 * workers (uint, 2 to 4), rate-limit (int64, bytes a second, 0 none), network (string, nullable:
 * what yeji_transfers_find_network_async() said where they may be sent), metered (boolean: also on
 * lines that are paid by volume). Read only: n-waiting (uint, those under way among them), n-failed
 * (uint), bytes-total, bytes-sent (int64, of what is in the list and neither failed nor cancelled),
 * speed (double, bytes a second), seconds-left (int, -1 unknown), blocked (int,
 * YejiTransfersBlock). "settled" is emitted when nothing waits any more of some record, "emptied"
 * when nothing waits at all.
 */
#define YEJI_TYPE_TRANSFERS (yeji_transfers_get_type ())

G_DECLARE_FINAL_TYPE (YejiTransfers, yeji_transfers, YEJI, TRANSFERS, GObject)

YejiTransfers      *yeji_transfers_new              (YejiStore      *store);
void                yeji_transfers_open             (YejiTransfers  *self);
void                yeji_transfers_close            (YejiTransfers  *self);
YejiTransferQueue  *yeji_transfers_get_queue        (YejiTransfers  *self);
gboolean            yeji_transfers_get_paused       (YejiTransfers  *self);
void                yeji_transfers_set_paused       (YejiTransfers  *self,
                                                     gboolean        paused);
guint               yeji_transfers_get_workers      (YejiTransfers  *self);
void                yeji_transfers_set_workers      (YejiTransfers  *self,
                                                     guint           workers);
gint64              yeji_transfers_get_rate_limit   (YejiTransfers  *self);
void                yeji_transfers_set_rate_limit   (YejiTransfers  *self,
                                                     gint64          rate_limit);
const char         *yeji_transfers_get_network      (YejiTransfers  *self);
void                yeji_transfers_set_network      (YejiTransfers  *self,
                                                     const char     *network);
void                yeji_transfers_find_network_async (YejiTransfers *self,
                                                     GCancellable   *cancellable,
                                                     GAsyncReadyCallback callback,
                                                     gpointer        data);
char               *yeji_transfers_find_network_finish (YejiTransfers *self,
                                                     GAsyncResult   *result,
                                                     GError        **error);
gboolean            yeji_transfers_get_metered      (YejiTransfers  *self);
void                yeji_transfers_set_metered      (YejiTransfers  *self,
                                                     gboolean        metered);
guint               yeji_transfers_get_n_waiting    (YejiTransfers  *self);
guint               yeji_transfers_get_n_failed     (YejiTransfers  *self);
gint64              yeji_transfers_get_bytes_total  (YejiTransfers  *self);
gint64              yeji_transfers_get_bytes_sent   (YejiTransfers  *self);
double              yeji_transfers_get_speed        (YejiTransfers  *self);
int                 yeji_transfers_get_seconds_left (YejiTransfers  *self);
YejiTransfersBlock  yeji_transfers_get_blocked      (YejiTransfers  *self);

/* What the user does to one of them; effects are seen in the list soon. Unknown ids are ignored. */
void                yeji_transfers_cancel           (YejiTransfers  *self,
                                                     gint64          id);
void                yeji_transfers_retry            (YejiTransfers  *self,
                                                     gint64          id);
void                yeji_transfers_move_to          (YejiTransfers  *self,
                                                     gint64          id,
                                                     guint           position);
void                yeji_transfers_move_first       (YejiTransfers  *self,
                                                     gint64          id);

G_END_DECLS

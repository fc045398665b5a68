// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-transfer-store.h"

G_BEGIN_DECLS

/**
 * YejiTransfer:
 *
 * One file on its way to the province, as it is shown. Lives in the main context. Properties, all
 * read only and notified: state (int, YejiTransferState), sent (int64), message (string, nullable),
 * rate (double, bytes a second, 0 while it is not under way); and those that never change: id
 * (int64), record, record-name, slot, filename (strings), size (int64, bytes).
 */
#define YEJI_TYPE_TRANSFER (yeji_transfer_get_type ())

G_DECLARE_FINAL_TYPE (YejiTransfer, yeji_transfer, YEJI, TRANSFER, GObject)

YejiTransfer      *yeji_transfer_new             (gint64             id,
                                                  const char        *record,
                                                  const char        *record_name,
                                                  const char        *slot,
                                                  const char        *filename,
                                                  gint64             size);
gint64             yeji_transfer_get_id          (YejiTransfer      *self);
const char        *yeji_transfer_get_record      (YejiTransfer      *self);
const char        *yeji_transfer_get_record_name (YejiTransfer      *self);
const char        *yeji_transfer_get_slot        (YejiTransfer      *self);
const char        *yeji_transfer_get_filename    (YejiTransfer      *self);
gint64             yeji_transfer_get_size        (YejiTransfer      *self);
YejiTransferState  yeji_transfer_get_state       (YejiTransfer      *self);
gint64             yeji_transfer_get_sent        (YejiTransfer      *self);
const char        *yeji_transfer_get_message     (YejiTransfer      *self);
double             yeji_transfer_get_rate        (YejiTransfer      *self);
void               yeji_transfer_update          (YejiTransfer      *self,
                                                  YejiTransferState  state,
                                                  gint64             sent,
                                                  const char        *message,
                                                  double             rate);

G_END_DECLS

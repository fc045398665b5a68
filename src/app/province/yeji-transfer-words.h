// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-transfers.h"

G_BEGIN_DECLS

char       *yeji_seconds_to_words          (int                 seconds);
char       *yeji_speed_to_words            (double              bytes_a_second);
char       *yeji_transfer_to_words         (YejiTransfer       *transfer);
const char *yeji_transfer_state_get_icon   (YejiTransferState   state);
const char *yeji_transfer_state_get_style  (YejiTransferState   state);
guint       yeji_transfers_count           (YejiTransfers      *transfers,
                                            YejiTransferState   state);
char       *yeji_transfers_to_summary      (YejiTransfers      *transfers);
char       *yeji_transfers_to_details      (YejiTransfers      *transfers);
const char *yeji_transfers_block_to_words  (YejiTransfersBlock  block);
double      yeji_transfers_get_fraction    (YejiTransfers      *transfers);

G_END_DECLS

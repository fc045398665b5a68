// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-transfers.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The files on their way to the province. Signal "chosen" (const char *uuid, const char *slot): a
 * record and its documents shall be shown. */
#define YEJI_TYPE_TRANSFERS_WINDOW (yeji_transfers_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiTransfersWindow, yeji_transfers_window, YEJI, TRANSFERS_WINDOW, AdwWindow)

GtkWidget  *yeji_transfers_window_new         (GtkWindow           *parent,
                                               YejiTransfers       *transfers,
                                               YejiDictionary      *dictionary);
const char *yeji_transfers_window_get_summary (YejiTransfersWindow *self);
const char *yeji_transfers_window_get_blocked (YejiTransfersWindow *self);
void        yeji_transfers_window_select      (YejiTransfersWindow *self,
                                               guint                position);
guint       yeji_transfers_window_get_selected (YejiTransfersWindow *self);

G_END_DECLS

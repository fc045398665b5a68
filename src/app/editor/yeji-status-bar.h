// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sync-engine.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is saved, how far the files are that are sent, and whether the province can be reached. */
#define YEJI_TYPE_STATUS_BAR (yeji_status_bar_get_type ())

G_DECLARE_FINAL_TYPE (YejiStatusBar, yeji_status_bar, YEJI, STATUS_BAR, GtkBox)

void        yeji_status_bar_set_saved  (YejiStatusBar  *self,
                                        const char     *icon,
                                        const char     *text,
                                        const char     *style);
void        yeji_status_bar_set_engine (YejiStatusBar  *self,
                                        YejiSyncEngine *engine);
void        yeji_status_bar_set_problem (YejiStatusBar *self,
                                        const char     *problem);
const char *yeji_status_bar_get_saved  (YejiStatusBar  *self);
const char *yeji_status_bar_get_sync   (YejiStatusBar  *self);
void        yeji_status_bar_set_transfers (YejiStatusBar *self,
                                           YejiTransfers *transfers);
const char *yeji_status_bar_get_transfers (YejiStatusBar *self);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

#include "yeji-sync-engine.h"

G_BEGIN_DECLS

#define YEJI_TYPE_SYNC_POPOVER (yeji_sync_popover_get_type ())

G_DECLARE_FINAL_TYPE (YejiSyncPopover, yeji_sync_popover, YEJI, SYNC_POPOVER, GtkPopover)

GtkWidget  *yeji_sync_popover_new       (YejiSyncEngine  *engine);
const char *yeji_sync_popover_get_icon  (YejiSyncState    state);
char       *yeji_sync_popover_get_words (YejiSyncPopover *self);
guint       yeji_sync_popover_get_n_items (YejiSyncPopover *self);

G_END_DECLS

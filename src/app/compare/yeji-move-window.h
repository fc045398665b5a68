// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-move-item.h"
#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What became of the drafts when the dictionary changed. Signal "chosen" (YejiMoveItem) asks for
 * the place that a line speaks of. */
#define YEJI_TYPE_MOVE_WINDOW (yeji_move_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiMoveWindow, yeji_move_window, YEJI, MOVE_WINDOW, AdwWindow)

GtkWidget *yeji_move_window_new         (GtkWindow      *parent,
                                         YejiStore      *store);
guint      yeji_move_window_get_n_lines (YejiMoveWindow *self);
void       yeji_move_window_activate    (YejiMoveWindow *self,
                                         guint           position);

G_END_DECLS

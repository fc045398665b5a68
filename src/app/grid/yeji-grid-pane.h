// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A part of a grid that clips its cells. The grid places them. */
#define YEJI_TYPE_GRID_PANE (yeji_grid_pane_get_type ())

G_DECLARE_FINAL_TYPE (YejiGridPane, yeji_grid_pane, YEJI, GRID_PANE, GtkWidget)

GtkWidget *yeji_grid_pane_new (const char *style);

G_END_DECLS

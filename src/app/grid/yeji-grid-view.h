// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-grid-area.h"
#include "yeji-grid-cell.h"
#include "yeji-grid-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * YejiGridView:
 *
 * Draws a table as a grid that scrolls both ways; the heads of the columns, the row numbers and the
 * first column stay in sight. It has widgets for the cells in sight only. Its children beside them,
 * put in with gtk_widget_set_parent(), lie over the cell of the cursor. Signal "cursor-moved".
 */
#define YEJI_TYPE_GRID_VIEW (yeji_grid_view_get_type ())

G_DECLARE_FINAL_TYPE (YejiGridView, yeji_grid_view, YEJI, GRID_VIEW, GtkWidget)

GtkWidget          *yeji_grid_view_new         (YejiGridSource     *source);
YejiGridModel      *yeji_grid_view_get_model   (YejiGridView       *self);
YejiGridSource     *yeji_grid_view_get_source  (YejiGridView       *self);
const YejiGridArea *yeji_grid_view_get_area    (YejiGridView       *self);
void                yeji_grid_view_set_area    (YejiGridView       *self,
                                                const YejiGridArea *area);
guint               yeji_grid_view_get_page    (YejiGridView       *self);
gboolean            yeji_grid_view_find_at     (YejiGridView       *self,
                                                double              x,
                                                double              y,
                                                int                *row,
                                                int                *column);
int                 yeji_grid_view_find_edge   (YejiGridView       *self,
                                                double              x,
                                                double              y);
void                yeji_grid_view_get_cell    (YejiGridView       *self,
                                                guint               row,
                                                guint               column,
                                                GdkRectangle       *place);
YejiGridCell       *yeji_grid_view_peek_cell   (YejiGridView       *self,
                                                int                 row,
                                                int                 column);
int                 yeji_grid_view_get_width   (YejiGridView       *self,
                                                guint               column);
void                yeji_grid_view_set_width   (YejiGridView       *self,
                                                guint               column,
                                                int                 width);
void                yeji_grid_view_fit_width   (YejiGridView       *self,
                                                guint               column);
void                yeji_grid_view_set_drop    (YejiGridView       *self,
                                                int                 row);
int                 yeji_grid_view_get_drop    (YejiGridView       *self,
                                                double              y);

G_END_DECLS

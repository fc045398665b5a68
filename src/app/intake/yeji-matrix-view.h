// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-matrix-cell.h"
#include "yeji-matrix.h"

G_BEGIN_DECLS

/**
 * YejiMatrixView:
 *
 * Draws a matrix; the heads of the columns and the names of the records stay in sight. It has
 * widgets for the cells in sight only, and the one of the cursor, which has the focus, so that a
 * screen reader speaks of it. Signals "activated" and "menu" (guint row, guint column), "dropped" (guint row,
 * guint column, GdkFileList *files), all of cells and never of heads.
 */
#define YEJI_TYPE_MATRIX_VIEW (yeji_matrix_view_get_type ())

G_DECLARE_FINAL_TYPE (YejiMatrixView, yeji_matrix_view, YEJI, MATRIX_VIEW, GtkWidget)

GtkWidget      *yeji_matrix_view_new        (YejiMatrix     *matrix);
void            yeji_matrix_view_get_cursor (YejiMatrixView *self,
                                             int            *row,
                                             guint          *column);
void            yeji_matrix_view_set_cursor (YejiMatrixView *self,
                                             int             row,
                                             guint           column);
void            yeji_matrix_view_get_place  (YejiMatrixView *self,
                                             int             row,
                                             guint           column,
                                             GdkRectangle   *place);
gboolean        yeji_matrix_view_find_at    (YejiMatrixView *self,
                                             double          x,
                                             double          y,
                                             int            *row,
                                             guint          *column);
YejiMatrix     *yeji_matrix_view_get_matrix (YejiMatrixView *self);
int             yeji_matrix_view_get_page   (YejiMatrixView *self);
void            yeji_matrix_view_set_drop   (YejiMatrixView *self,
                                             int             row,
                                             guint           column);
YejiMatrixCell *yeji_matrix_view_peek_cell  (YejiMatrixView *self,
                                             int             row,
                                             guint           column);

G_END_DECLS

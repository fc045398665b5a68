// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-matrix-stand.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How a cell of the matrix of evidence is drawn. */
typedef enum
{
  YEJI_MATRIX_CELL_TEXT,     /* the name of a record */
  YEJI_MATRIX_CELL_SLOT,     /* an icon and a number in the middle */
  YEJI_MATRIX_CELL_HEAD,     /* a text of several lines above them */
} YejiMatrixCellKind;

/* One cell of the matrix of evidence. It draws itself: a matrix of ten thousand records has a
 * widget for each cell in sight. */
#define YEJI_TYPE_MATRIX_CELL (yeji_matrix_cell_get_type ())

G_DECLARE_FINAL_TYPE (YejiMatrixCell, yeji_matrix_cell, YEJI, MATRIX_CELL, GtkWidget)

GtkWidget *yeji_matrix_cell_new         (YejiMatrixCellKind  kind,
                                           GtkAccessibleRole     role);
void       yeji_matrix_cell_set_place   (YejiMatrixCell     *self,
                                           int                   row,
                                           int                   column);
int        yeji_matrix_cell_get_row     (YejiMatrixCell     *self);
int        yeji_matrix_cell_get_column  (YejiMatrixCell     *self);
void       yeji_matrix_cell_show        (YejiMatrixCell     *self,
                                           const char           *text,
                                           const char           *number,
                                           YejiMatrixStand     stand);
void       yeji_matrix_cell_set_drop    (YejiMatrixCell     *self,
                                           gboolean              wanted);

G_END_DECLS

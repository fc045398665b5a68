// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Marks that a cell may have; each is a style class. */
typedef enum
{
  YEJI_GRID_CELL_ERROR = 1 << 0,
  YEJI_GRID_CELL_WARNING = 1 << 1,
  YEJI_GRID_CELL_HINT = 1 << 2,
  YEJI_GRID_CELL_COMMENT = 1 << 3,
  YEJI_GRID_CELL_INHERITED = 1 << 4,
  YEJI_GRID_CELL_FIXED = 1 << 5,
  YEJI_GRID_CELL_SELECTED = 1 << 6,
  YEJI_GRID_CELL_CURRENT = 1 << 7,
  YEJI_GRID_CELL_EVEN = 1 << 8,
  YEJI_GRID_CELL_NUMERIC = 1 << 9,
  YEJI_GRID_CELL_REQUIRED = 1 << 10,
  YEJI_GRID_CELL_OFFERED = 1 << 11,
} YejiGridCellFlags;

/* One cell of a grid: a text, and at its end an icon where something is said of it. A grid of
 * thousands of cells has one for each that is seen. */
#define YEJI_TYPE_GRID_CELL (yeji_grid_cell_get_type ())

G_DECLARE_FINAL_TYPE (YejiGridCell, yeji_grid_cell, YEJI, GRID_CELL, GtkWidget)

GtkWidget         *yeji_grid_cell_new       (GtkAccessibleRole  role);
void               yeji_grid_cell_set_place (YejiGridCell      *self,
                                             int                row,
                                             int                column);
int                yeji_grid_cell_get_row   (YejiGridCell      *self);
int                yeji_grid_cell_get_column (YejiGridCell     *self);
void               yeji_grid_cell_set_text  (YejiGridCell      *self,
                                             const char        *text,
                                             const char        *unit);
const char        *yeji_grid_cell_get_text  (YejiGridCell      *self);
gboolean           yeji_grid_cell_is_cut    (YejiGridCell      *self);
void               yeji_grid_cell_set_flags (YejiGridCell      *self,
                                             YejiGridCellFlags  flags);
YejiGridCellFlags  yeji_grid_cell_get_flags (YejiGridCell      *self);
void               yeji_grid_cell_allocate  (YejiGridCell      *self,
                                             int                x,
                                             int                y,
                                             int                width,
                                             int                height);

G_END_DECLS

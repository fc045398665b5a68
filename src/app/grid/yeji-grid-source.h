// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-grid-cell.h"

G_BEGIN_DECLS

/**
 * YejiGridSource:
 *
 * What a grid shows: rows and columns by number, and what is said of each cell. Signals:
 * "rows-changed" after rows came, went or moved, "cell-changed" (guint row, guint column), and
 * "marks-changed" after anything that may show in any cell.
 */
#define YEJI_TYPE_GRID_SOURCE (yeji_grid_source_get_type ())

G_DECLARE_INTERFACE (YejiGridSource, yeji_grid_source, YEJI, GRID_SOURCE, GObject)

/**
 * YejiGridSourceInterface:
 * @get_label: names the whole
 * @get_heading: of a column; @unit is set to what stands behind it, dim, or %NULL
 * @get_number: what stands before a row
 * @get_text: what a cell shows; @flags says what the text is to the cell
 * @get_marks: how a cell is marked, or a row where @column is -1, a column where @row is -1
 * @describe: what a screen reader says of a cell: row, column, value, what is wrong
 */
struct _YejiGridSourceInterface
{
  GTypeInterface parent_interface;

  const char        *(*get_label)     (YejiGridSource    *self);
  guint              (*get_n_rows)    (YejiGridSource    *self);
  guint              (*get_n_columns) (YejiGridSource    *self);
  const char        *(*get_heading)   (YejiGridSource    *self,
                                       guint              column,
                                       const char       **unit);
  guint              (*get_number)    (YejiGridSource    *self,
                                       guint              row);
  char              *(*get_text)      (YejiGridSource    *self,
                                       guint              row,
                                       guint              column,
                                       YejiGridCellFlags *flags);
  YejiGridCellFlags  (*get_marks)     (YejiGridSource    *self,
                                       int                row,
                                       int                column);
  char              *(*describe)      (YejiGridSource    *self,
                                       guint              row,
                                       guint              column);
};

const char        *yeji_grid_source_get_label     (YejiGridSource    *self);
guint              yeji_grid_source_get_n_rows    (YejiGridSource    *self);
guint              yeji_grid_source_get_n_columns (YejiGridSource    *self);
const char        *yeji_grid_source_get_heading   (YejiGridSource    *self,
                                                   guint              column,
                                                   const char       **unit);
guint              yeji_grid_source_get_number    (YejiGridSource    *self,
                                                   guint              row);
char              *yeji_grid_source_get_text      (YejiGridSource    *self,
                                                   guint              row,
                                                   guint              column,
                                                   YejiGridCellFlags *flags);
YejiGridCellFlags  yeji_grid_source_get_marks     (YejiGridSource    *self,
                                                   int                row,
                                                   int                column);
char              *yeji_grid_source_describe      (YejiGridSource    *self,
                                                   guint              row,
                                                   guint              column);
void               yeji_grid_source_tell_rows     (gpointer           self);
void               yeji_grid_source_tell_cell     (gpointer           self,
                                                   guint              row,
                                                   guint              column);
void               yeji_grid_source_tell_marks    (gpointer           self);

G_END_DECLS

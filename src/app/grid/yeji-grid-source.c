// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-source"

#include "config.h"

#include "yeji-grid-source.h"

enum
{
  ROWS_CHANGED,
  CELL_CHANGED,
  MARKS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (YejiGridSource, yeji_grid_source, G_TYPE_OBJECT)

static void
yeji_grid_source_default_init (YejiGridSourceInterface *interface)
{
  signals[ROWS_CHANGED] = g_signal_new ("rows-changed", YEJI_TYPE_GRID_SOURCE, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CELL_CHANGED] = g_signal_new ("cell-changed", YEJI_TYPE_GRID_SOURCE, G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT,
                                        G_TYPE_UINT);
  signals[MARKS_CHANGED] = g_signal_new ("marks-changed", YEJI_TYPE_GRID_SOURCE, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

const char *
yeji_grid_source_get_label (YejiGridSource *self)
{
  return YEJI_GRID_SOURCE_GET_IFACE (self)->get_label (self);
}

guint
yeji_grid_source_get_n_rows (YejiGridSource *self)
{
  return YEJI_GRID_SOURCE_GET_IFACE (self)->get_n_rows (self);
}

guint
yeji_grid_source_get_n_columns (YejiGridSource *self)
{
  return YEJI_GRID_SOURCE_GET_IFACE (self)->get_n_columns (self);
}

/**
 * yeji_grid_source_get_heading:
 * @unit: (out) (nullable): what stands behind it
 *
 * Returns: (transfer none): the name of a column
 */
const char *
yeji_grid_source_get_heading (YejiGridSource  *self,
                              guint            column,
                              const char     **unit)
{
  *unit = NULL;
  return YEJI_GRID_SOURCE_GET_IFACE (self)->get_heading (self, column, unit);
}

/**
 * yeji_grid_source_get_number:
 *
 * Returns: the number that stands before a row; the last row has the greatest
 */
guint
yeji_grid_source_get_number (YejiGridSource *self,
                             guint           row)
{
  return YEJI_GRID_SOURCE_GET_IFACE (self)->get_number (self, row);
}

/**
 * yeji_grid_source_get_text:
 * @flags: (out): what the text is to the cell
 *
 * Returns: (transfer full): what a cell shows
 */
char *
yeji_grid_source_get_text (YejiGridSource    *self,
                           guint              row,
                           guint              column,
                           YejiGridCellFlags *flags)
{
  *flags = 0;
  return YEJI_GRID_SOURCE_GET_IFACE (self)->get_text (self, row, column, flags);
}

/**
 * yeji_grid_source_get_marks:
 * @row: -1 in the row of heads
 * @column: -1 in the column of numbers
 *
 * Returns: how a cell is marked, wherever the cursor is
 */
YejiGridCellFlags
yeji_grid_source_get_marks (YejiGridSource *self,
                            int             row,
                            int             column)
{
  return YEJI_GRID_SOURCE_GET_IFACE (self)->get_marks (self, row, column);
}

/**
 * yeji_grid_source_describe:
 *
 * Returns: (transfer full): what a screen reader says of a cell
 */
char *
yeji_grid_source_describe (YejiGridSource *self,
                           guint           row,
                           guint           column)
{
  return YEJI_GRID_SOURCE_GET_IFACE (self)->describe (self, row, column);
}

/**
 * yeji_grid_source_tell_rows:
 * @self: a #YejiGridSource
 *
 * For those that implement it: rows came, went or moved.
 */
void
yeji_grid_source_tell_rows (gpointer self)
{
  g_signal_emit (self, signals[ROWS_CHANGED], 0);
}

/**
 * yeji_grid_source_tell_cell:
 * @self: a #YejiGridSource
 *
 * For those that implement it: one cell is another.
 */
void
yeji_grid_source_tell_cell (gpointer self,
                            guint    row,
                            guint    column)
{
  g_signal_emit (self, signals[CELL_CHANGED], 0, row, column);
}

/**
 * yeji_grid_source_tell_marks:
 * @self: a #YejiGridSource
 *
 * For those that implement it: anything may show in any cell.
 */
void
yeji_grid_source_tell_marks (gpointer self)
{
  g_signal_emit (self, signals[MARKS_CHANGED], 0);
}

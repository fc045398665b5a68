// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-area"

#include "config.h"

#include "yeji-grid-area.h"

static guint
step_within (guint         at,
             guint         n,
             int           step,
             YejiGridReach reach)
{
  if (n == 0 || step == 0)
    return at;
  if (reach == YEJI_GRID_EDGE)
    return step < 0 ? 0 : n - 1;
  return (guint) CLAMP ((gint64) at + step, 0, (gint64) n - 1);
}

/**
 * yeji_grid_area_get_block:
 *
 * Returns: the cells that are selected; one at least
 */
YejiGridBlock
yeji_grid_area_get_block (const YejiGridArea *self)
{
  return (YejiGridBlock) {
    .top = MIN (self->row, self->anchor_row),
    .left = MIN (self->column, self->anchor_column),
    .bottom = MAX (self->row, self->anchor_row),
    .right = MAX (self->column, self->anchor_column),
  };
}

/**
 * yeji_grid_area_contains:
 *
 * Returns: whether a cell is selected
 */
gboolean
yeji_grid_area_contains (const YejiGridArea *self,
                         guint               row,
                         guint               column)
{
  YejiGridBlock block = yeji_grid_area_get_block (self);

  return row >= block.top && row <= block.bottom && column >= block.left && column <= block.right;
}

/**
 * yeji_grid_area_is_single:
 *
 * Returns: whether only the cell of the cursor is selected
 */
gboolean
yeji_grid_area_is_single (const YejiGridArea *self)
{
  return self->row == self->anchor_row && self->column == self->anchor_column;
}

/**
 * yeji_grid_area_go:
 * @extend: selects everything from the corner to there
 *
 * Puts the cursor somewhere.
 */
void
yeji_grid_area_go (YejiGridArea *self,
                   guint         row,
                   guint         column,
                   gboolean      extend)
{
  self->row = row;
  self->column = column;
  if (extend)
    return;
  self->anchor_row = row;
  self->anchor_column = column;
}

/**
 * yeji_grid_area_move:
 * @down: rows, negative is up
 * @right: columns, negative is left
 *
 * Moves the cursor, not beyond the edge.
 */
void
yeji_grid_area_move (YejiGridArea  *self,
                     guint          n_rows,
                     guint          n_columns,
                     int            down,
                     int            right,
                     YejiGridReach  reach,
                     gboolean       extend)
{
  yeji_grid_area_go (self, step_within (self->row, n_rows, down, reach),
                     step_within (self->column, n_columns, right, reach), extend);
}

/**
 * yeji_grid_area_tab:
 * @step: 1 or -1
 *
 * Goes on to the next cell, and from the end of a row to the next row.
 *
 * Returns: %FALSE if there is none
 */
gboolean
yeji_grid_area_tab (YejiGridArea *self,
                    guint         n_rows,
                    guint         n_columns,
                    int           step)
{
  gint64 at = (gint64) self->row * n_columns + self->column + step;

  if (at < 0 || at >= (gint64) n_rows * n_columns)
    return FALSE;
  yeji_grid_area_go (self, (guint) (at / n_columns), (guint) (at % n_columns), FALSE);
  return TRUE;
}

/**
 * yeji_grid_area_clamp:
 *
 * Keeps cursor and corner where there are cells.
 */
void
yeji_grid_area_clamp (YejiGridArea *self,
                      guint         n_rows,
                      guint         n_columns)
{
  guint last_row = n_rows > 0 ? n_rows - 1 : 0;
  guint last_column = n_columns > 0 ? n_columns - 1 : 0;

  self->row = MIN (self->row, last_row);
  self->anchor_row = MIN (self->anchor_row, last_row);
  self->column = MIN (self->column, last_column);
  self->anchor_column = MIN (self->anchor_column, last_column);
}

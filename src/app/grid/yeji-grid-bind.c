// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-bind"

#include "config.h"

#include "yeji-grid-bind.h"

#include "yeji-a11y.h"

/**
 * yeji_grid_bind_find_flags:
 * @row: -1 in the row of heads
 * @column: -1 in the column of numbers
 *
 * Returns: how a cell is marked
 */
YejiGridCellFlags
yeji_grid_bind_find_flags (YejiGridSource     *source,
                           const YejiGridArea *area,
                           int                 row,
                           int                 column)
{
  YejiGridBlock block = yeji_grid_area_get_block (area);
  YejiGridCellFlags flags = yeji_grid_source_get_marks (source, row, column);

  if (row < 0 || column < 0)
    {
      if ((row >= 0 && (guint) row >= block.top && (guint) row <= block.bottom)
          || (column >= 0 && row < 0 && (guint) column >= block.left
              && (guint) column <= block.right))
        flags |= YEJI_GRID_CELL_SELECTED;
      return flags;
    }
  if (yeji_grid_area_contains (area, (guint) row, (guint) column))
    flags |= YEJI_GRID_CELL_SELECTED;
  if ((guint) row == area->row && (guint) column == area->column)
    flags |= YEJI_GRID_CELL_CURRENT;
  return flags;
}

static void
bind_head (YejiGridSource *source,
           YejiGridCell   *cell,
           int             column)
{
  const char *unit;
  const char *heading = yeji_grid_source_get_heading (source, (guint) column, &unit);

  yeji_grid_cell_set_text (cell, heading, unit);
  yeji_a11y_set_name (GTK_WIDGET (cell), heading);
}

static void
bind_number (YejiGridSource *source,
             YejiGridCell   *cell,
             int             row)
{
  g_autofree char *number = NULL;

  number = g_strdup_printf ("%u", yeji_grid_source_get_number (source, (guint) row));
  yeji_grid_cell_set_text (cell, number, NULL);
  yeji_a11y_set_name (GTK_WIDGET (cell), number);
}

/**
 * yeji_grid_bind_cell:
 * @row: -1 in the row of heads
 * @column: -1 in the column of numbers
 *
 * Makes a cell show what belongs into it.
 */
void
yeji_grid_bind_cell (YejiGridSource     *source,
                     const YejiGridArea *area,
                     YejiGridCell       *cell,
                     int                 row,
                     int                 column)
{
  YejiGridCellFlags kind = 0;

  yeji_grid_cell_set_place (cell, row, column);
  if (row < 0 && column < 0)
    yeji_grid_cell_set_text (cell, "", NULL);
  else if (row < 0)
    bind_head (source, cell, column);
  else if (column < 0)
    bind_number (source, cell, row);
  else
    {
      g_autofree char *text = yeji_grid_source_get_text (source, (guint) row, (guint) column,
                                                         &kind);
      g_autofree char *name = yeji_grid_source_describe (source, (guint) row, (guint) column);

      yeji_grid_cell_set_text (cell, text, NULL);
      yeji_a11y_set_name (GTK_WIDGET (cell), name);
    }
  yeji_grid_cell_set_flags (cell, yeji_grid_bind_find_flags (source, area, row, column) | kind);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-bind"

#include "config.h"

#include "yeji-grid-bind.h"

#include "yeji-a11y.h"
#include "yeji-messages.h"

/**
 * yeji_grid_bind_find_flags:
 * @row: -1 in the row of heads
 * @column: -1 in the column of numbers
 *
 * Returns: how a cell is marked
 */
YejiGridCellFlags
yeji_grid_bind_find_flags (YejiGridModel      *model,
                           const YejiGridArea *area,
                           int                 row,
                           int                 column)
{
  static const YejiGridCellFlags by_severity[] = {
    [YEJI_SEVERITY_HINT] = YEJI_GRID_CELL_HINT,
    [YEJI_SEVERITY_WARNING] = YEJI_GRID_CELL_WARNING,
    [YEJI_SEVERITY_ERROR] = YEJI_GRID_CELL_ERROR,
  };
  YejiGridBlock block = yeji_grid_area_get_block (area);
  YejiGridCellFlags flags = 0;
  YejiIssue *issue;

  if (row < 0 || column < 0)
    {
      if ((row >= 0 && (guint) row >= block.top && (guint) row <= block.bottom)
          || (column >= 0 && row < 0 && (guint) column >= block.left
              && (guint) column <= block.right))
        flags |= YEJI_GRID_CELL_SELECTED;
      return column < 0 ? flags | YEJI_GRID_CELL_NUMERIC : flags;
    }
  issue = yeji_grid_model_get_issue (model, (guint) row, (guint) column);
  if (issue != NULL && yeji_issue_get_reason (issue) == NULL)
    flags |= by_severity[yeji_issue_get_severity (issue)];
  if (yeji_grid_model_get_point (model, (guint) row, (guint) column) != NULL)
    flags |= YEJI_GRID_CELL_COMMENT;
  if (!yeji_grid_model_is_editable (model, (guint) column))
    flags |= YEJI_GRID_CELL_FIXED;
  if (yeji_grid_model_get_field (model, (guint) column)->kind == YEJI_FIELD_NUMBER)
    flags |= YEJI_GRID_CELL_NUMERIC;
  if (yeji_grid_area_contains (area, (guint) row, (guint) column))
    flags |= YEJI_GRID_CELL_SELECTED;
  if ((guint) row == area->row && (guint) column == area->column)
    flags |= YEJI_GRID_CELL_CURRENT;
  return flags;
}

static void
bind_head (YejiGridModel *model,
           YejiGridCell  *cell,
           int            column)
{
  const YejiFieldDef *field = yeji_grid_model_get_field (model, (guint) column);

  yeji_grid_cell_set_text (cell, yeji_label (&field->label), field->unit);
  yeji_a11y_set_name (GTK_WIDGET (cell), yeji_label (&field->label));
}

static void
bind_number (YejiGridCell *cell,
             int           row)
{
  g_autofree char *number = g_strdup_printf ("%d", row + 1);

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
yeji_grid_bind_cell (YejiGridModel      *model,
                     const YejiGridArea *area,
                     YejiGridCell       *cell,
                     int                 row,
                     int                 column)
{
  static const YejiGridCellFlags by_kind[] = {
    [YEJI_GRID_TEXT_OWN] = 0,
    [YEJI_GRID_TEXT_INHERITED] = YEJI_GRID_CELL_INHERITED,
    [YEJI_GRID_TEXT_OFFERED] = YEJI_GRID_CELL_OFFERED,
  };
  YejiGridTextKind kind = YEJI_GRID_TEXT_OWN;

  yeji_grid_cell_set_place (cell, row, column);
  if (row < 0 && column < 0)
    yeji_grid_cell_set_text (cell, "", NULL);
  else if (row < 0)
    bind_head (model, cell, column);
  else if (column < 0)
    bind_number (cell, row);
  else
    {
      g_autofree char *text = yeji_grid_model_get_text (model, (guint) row, (guint) column,
                                                        &kind);
      g_autofree char *name = yeji_grid_model_describe (model, (guint) row, (guint) column);

      yeji_grid_cell_set_text (cell, text, NULL);
      yeji_a11y_set_name (GTK_WIDGET (cell), name);
    }
  yeji_grid_cell_set_flags (cell, yeji_grid_bind_find_flags (model, area, row, column)
                                  | by_kind[kind]);
}

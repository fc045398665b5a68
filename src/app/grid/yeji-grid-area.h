// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the cursor of a grid is, and the corner against which a block is selected. */
typedef struct
{
  guint row;
  guint column;
  guint anchor_row;
  guint anchor_column;
} YejiGridArea;

/* A block of cells, both ends inclusive. */
typedef struct
{
  guint top;
  guint left;
  guint bottom;
  guint right;
} YejiGridBlock;

typedef enum
{
  YEJI_GRID_STEP,              /* so many cells */
  YEJI_GRID_EDGE,              /* to the first or last cell */
} YejiGridReach;

YejiGridBlock yeji_grid_area_get_block (const YejiGridArea *self);
gboolean      yeji_grid_area_contains  (const YejiGridArea *self,
                                        guint               row,
                                        guint               column);
gboolean      yeji_grid_area_is_single (const YejiGridArea *self);
void          yeji_grid_area_go        (YejiGridArea       *self,
                                        guint               row,
                                        guint               column,
                                        gboolean            extend);
void          yeji_grid_area_move      (YejiGridArea       *self,
                                        guint               n_rows,
                                        guint               n_columns,
                                        int                 down,
                                        int                 right,
                                        YejiGridReach       reach,
                                        gboolean            extend);
gboolean      yeji_grid_area_tab       (YejiGridArea       *self,
                                        guint               n_rows,
                                        guint               n_columns,
                                        int                 step);
void          yeji_grid_area_clamp     (YejiGridArea       *self,
                                        guint               n_rows,
                                        guint               n_columns);

G_END_DECLS

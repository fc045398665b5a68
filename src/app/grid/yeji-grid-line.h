// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-grid.h"

G_BEGIN_DECLS

/* What stands under a grid: what is wrong with the cell of the cursor, what the reviewer said of
 * it, and what can be done about it. */
#define YEJI_TYPE_GRID_LINE (yeji_grid_line_get_type ())

G_DECLARE_FINAL_TYPE (YejiGridLine, yeji_grid_line, YEJI, GRID_LINE, GtkBox)

void        yeji_grid_line_set_grid (YejiGridLine *self,
                                     YejiGrid     *grid);
const char *yeji_grid_line_get_text (YejiGridLine *self);
const char *yeji_grid_line_get_offer (YejiGridLine *self);
gboolean    yeji_grid_line_take     (YejiGridLine *self);

G_END_DECLS

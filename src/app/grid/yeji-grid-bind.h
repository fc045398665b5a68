// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-grid-area.h"
#include "yeji-grid-source.h"

G_BEGIN_DECLS

/* What a cell of a grid shows, and how it is marked. */

YejiGridCellFlags yeji_grid_bind_find_flags (YejiGridSource     *source,
                                             const YejiGridArea *area,
                                             int                 row,
                                             int                 column);
void              yeji_grid_bind_cell       (YejiGridSource     *source,
                                             const YejiGridArea *area,
                                             YejiGridCell       *cell,
                                             int                 row,
                                             int                 column);

G_END_DECLS

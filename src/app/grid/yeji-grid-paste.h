// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-grid.h"

G_BEGIN_DECLS

void yeji_grid_paste_clipboard (YejiGrid   *grid);
void yeji_grid_say_step        (YejiGrid   *grid,
                                const char *text);

G_END_DECLS

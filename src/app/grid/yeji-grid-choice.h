// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-grid.h"

G_BEGIN_DECLS

void yeji_grid_choose (YejiGrid   *grid,
                       const char *text);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-matrix-view.h"

G_BEGIN_DECLS

void yeji_matrix_input_add (YejiMatrixView *self);

G_END_DECLS

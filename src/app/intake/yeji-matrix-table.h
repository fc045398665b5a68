// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-matrix.h"

G_BEGIN_DECLS

char *yeji_matrix_table_write (YejiMatrix *matrix);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-matrix.h"

G_BEGIN_DECLS

/* How wide the column of a slot may be. */
#define YEJI_MATRIX_SLOT_MIN 74
#define YEJI_MATRIX_SLOT_MAX 132

/**
 * YejiMatrixSizes:
 * @line: height of a row
 * @head: height of the heads
 * @least: width of a slot that the words of the heads need
 *
 * What depends on the font and the language.
 */
typedef struct
{
  int line;
  int head;
  int least;
} YejiMatrixSizes;

void yeji_matrix_heads_measure (GtkWidget       *widget,
                                YejiMatrix      *matrix,
                                YejiMatrixSizes *sizes);

G_END_DECLS

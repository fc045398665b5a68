// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How it stands with a document of a record, from calm to urgent. */
typedef enum
{
  YEJI_MATRIX_NONE,          /* not required, and nothing there */
  YEJI_MATRIX_GIVEN,
  YEJI_MATRIX_UNEXAMINED,    /* there, but nobody has looked into the files */
  YEJI_MATRIX_DOUBTFUL,      /* there, and something was found */
  YEJI_MATRIX_MISSING,
  N_YEJI_MATRIX_STANDS
} YejiMatrixStand;

const char *yeji_matrix_stand_get_icon   (YejiMatrixStand stand);
const char *yeji_matrix_stand_get_colour (YejiMatrixStand stand);
const char *yeji_matrix_stand_get_style  (YejiMatrixStand stand);
const char *yeji_matrix_stand_get_word   (YejiMatrixStand stand);

G_END_DECLS

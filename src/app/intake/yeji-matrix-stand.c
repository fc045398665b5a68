// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-matrix-stand"

#include "config.h"

#include "yeji-matrix-stand.h"

#include <glib/gi18n.h>

static const struct
{
  const char *icon;            /* (nullable) */
  const char *colour;          /* (nullable): as the style names it */
  const char *style;
  const char *word;
} stands[N_YEJI_MATRIX_STANDS] = {
  [YEJI_MATRIX_NONE] = { NULL, NULL, "dim-label", NC_("document", "not required") },
  [YEJI_MATRIX_GIVEN] = { "emblem-ok-symbolic", "success_color", "success",
                          NC_("document", "there") },
  [YEJI_MATRIX_UNEXAMINED] = { "dialog-question-symbolic", "warning_color",
                                 "warning", NC_("document", "there, not examined") },
  [YEJI_MATRIX_DOUBTFUL] = { "dialog-warning-symbolic", "warning_color", "warning",
                               NC_("document", "there, with findings") },
  [YEJI_MATRIX_MISSING] = { "dialog-error-symbolic", "error_color", "error",
                              NC_("document", "missing") },
};

/**
 * yeji_matrix_stand_get_icon:
 *
 * Returns: (nullable): a symbolic icon, another one for each
 */
const char *
yeji_matrix_stand_get_icon (YejiMatrixStand stand)
{
  return stands[stand].icon;
}

/**
 * yeji_matrix_stand_get_colour:
 *
 * Returns: (nullable): a named colour of the style; %NULL: that of any text, dim
 */
const char *
yeji_matrix_stand_get_colour (YejiMatrixStand stand)
{
  return stands[stand].colour;
}

/**
 * yeji_matrix_stand_get_style:
 *
 * Returns: a style class of that colour
 */
const char *
yeji_matrix_stand_get_style (YejiMatrixStand stand)
{
  return stands[stand].style;
}

/**
 * yeji_matrix_stand_get_word:
 *
 * Returns: what it is called
 */
const char *
yeji_matrix_stand_get_word (YejiMatrixStand stand)
{
  return g_dpgettext2 (NULL, "document", stands[stand].word);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-validator.h"

G_BEGIN_DECLS

/**
 * YejiCompleteness:
 * @n_needed: values that the standard asks for
 * @n_filled: how many of these are there
 *
 * How far somebody is. The two are equal exactly when no rule complains that a value or a row is
 * missing.
 */
typedef struct
{
  guint n_needed;
  guint n_filled;
} YejiCompleteness;

YejiCompleteness yeji_completeness_count       (YejiValidator            *validator,
                                                YejiRecord               *record,
                                                const YejiTableDef       *table);
YejiCompleteness yeji_completeness_count_with  (YejiValidator            *validator,
                                                YejiRecord               *record,
                                                const YejiTableDef       *table,
                                                const char * const       *slots);
guint            yeji_completeness_get_percent (const YejiCompleteness   *self);

G_END_DECLS

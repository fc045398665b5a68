// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-compare-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One line of a comparison: what it is, and what each side says. */
#define YEJI_TYPE_COMPARE_ROW (yeji_compare_row_get_type ())

G_DECLARE_FINAL_TYPE (YejiCompareRow, yeji_compare_row, YEJI, COMPARE_ROW, AdwBin)

GtkWidget *yeji_compare_row_new      (gboolean         has_base,
                                      gboolean         deciding);
void       yeji_compare_row_set_item (YejiCompareRow  *self,
                                      YejiCompareItem *item);
char      *yeji_compare_row_describe (YejiCompareRow  *self);

G_END_DECLS

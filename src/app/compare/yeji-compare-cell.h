// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-compare-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What one side says of a place; in a conflict also the choice of it, then it notifies "chosen". */
#define YEJI_TYPE_COMPARE_CELL (yeji_compare_cell_get_type ())

G_DECLARE_FINAL_TYPE (YejiCompareCell, yeji_compare_cell, YEJI, COMPARE_CELL, AdwBin)

GtkWidget *yeji_compare_cell_new        (const char      *choice);
void       yeji_compare_cell_join       (YejiCompareCell *self,
                                         YejiCompareCell *other);
void       yeji_compare_cell_show       (YejiCompareCell *self,
                                         YejiCompareItem *item,
                                         YejiSide         side,
                                         YejiSide         against);
const char *yeji_compare_cell_get_text  (YejiCompareCell *self);
gboolean   yeji_compare_cell_get_chosen (YejiCompareCell *self);
void       yeji_compare_cell_set_chosen (YejiCompareCell *self,
                                         gboolean         chosen);

G_END_DECLS

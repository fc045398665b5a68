// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-columns.h"

G_BEGIN_DECLS

GMenuModel          *yeji_column_choice_add  (GtkColumnView   *view,
                                              YejiCellContext *context,
                                              GtkWidget       *owner);
void                 yeji_column_choice_save (GtkColumnView   *view);
void                 yeji_column_choice_set_in_bin (GtkColumnView *view,
                                              gboolean         in_bin);
GtkColumnViewColumn *yeji_column_choice_find (GtkColumnView   *view,
                                              YejiColumn       column);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-grid-source.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

int yeji_grid_widths_measure (GtkWidget      *widget,
                              YejiGridSource *source,
                              guint           column);
int yeji_grid_widths_number  (GtkWidget      *widget,
                              YejiGridSource *source);
int yeji_grid_widths_line    (GtkWidget      *widget);

G_END_DECLS

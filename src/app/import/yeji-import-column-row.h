// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-layout.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One column of a file: what it has, where it goes, and how that was found. Its button stands for
 * activating the row. */

GtkWidget *yeji_import_column_row_new        (guint                   column);
void       yeji_import_column_row_fill       (GtkListBoxRow          *row,
                                              const YejiImportSheet  *sheet,
                                              const YejiImportColumn *column,
                                              const char             *samples);
GtkWidget *yeji_import_column_row_get_button (GtkListBoxRow          *row);

G_END_DECLS

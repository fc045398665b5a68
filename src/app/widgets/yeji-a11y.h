// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void yeji_a11y_set_name        (GtkWidget  *widget,
                                const char *name);
void yeji_a11y_set_description (GtkWidget  *widget,
                                const char *description);
void yeji_a11y_name_entry_row  (gpointer    row);
void yeji_a11y_name_drop_down  (GtkWidget  *drop_down,
                                const char *name);
void yeji_a11y_set_invalid     (GtkWidget  *widget,
                                gboolean    invalid);

G_END_DECLS

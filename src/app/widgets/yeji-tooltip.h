// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void yeji_tooltip_init (void);
void yeji_tooltip_set  (GtkWidget  *widget,
                        const char *text);

G_END_DECLS

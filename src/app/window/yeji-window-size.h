// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void yeji_window_size_load (GtkWindow *window);
void yeji_window_size_save (GtkWindow *window);

G_END_DECLS

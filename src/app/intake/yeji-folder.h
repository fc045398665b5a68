// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void yeji_folder_show (GtkWidget  *widget,
                       const char *path);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

guint      name_walk_check (GtkWidget  *root);
GtkWidget *name_walk_find  (GtkWidget  *root,
                            GType       type,
                            const char *name);

G_END_DECLS

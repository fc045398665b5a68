// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *yeji_record_menu_new (GtkWidget     *parent,
                                 GtkColumnView *view,
                                 GMenuModel    *menu);

G_END_DECLS

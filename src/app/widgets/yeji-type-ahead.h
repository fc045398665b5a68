// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void yeji_type_ahead (GtkWidget      *widget,
                      GtkSearchEntry *search);

G_END_DECLS

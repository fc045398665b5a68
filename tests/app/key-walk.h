// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean key_walk_press (GtkWindow       *window,
                         GtkSearchEntry  *search,
                         guint            keyval,
                         GdkModifierType  state);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void     yeji_composing_watch (GtkWidget *control);
gboolean yeji_composing_is_on (GtkWidget *control);

G_END_DECLS

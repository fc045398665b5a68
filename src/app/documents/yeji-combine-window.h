// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Which pictures become the pages of one PDF, and in which order. Signal "combine" (GPtrArray of
 * the keys that were given, in their order; two at least). */
#define YEJI_TYPE_COMBINE_WINDOW (yeji_combine_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiCombineWindow, yeji_combine_window, YEJI, COMBINE_WINDOW, AdwWindow)

GtkWidget *yeji_combine_window_new (GtkWindow         *parent,
                                    const char        *note);
void       yeji_combine_window_add (YejiCombineWindow *self,
                                    GFile             *file,
                                    const char        *name,
                                    GObject           *key);

G_END_DECLS

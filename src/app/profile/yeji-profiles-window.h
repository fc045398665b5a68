// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The user's enterprises. Signal "open" (const char *directory): one of them is wanted. Signal
 * "listed": what is shown is new. */
#define YEJI_TYPE_PROFILES_WINDOW (yeji_profiles_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiProfilesWindow, yeji_profiles_window, YEJI, PROFILES_WINDOW, AdwWindow)

GtkWidget *yeji_profiles_window_new         (GtkWindow           *parent,
                                             const char          *directory,
                                             YejiStore           *store);
guint      yeji_profiles_window_get_n_shown (YejiProfilesWindow  *self);
void       yeji_profiles_window_take_over   (YejiProfilesWindow  *self,
                                             const char          *path);
void       yeji_profiles_window_update      (YejiProfilesWindow  *self);
void       yeji_profiles_window_say         (YejiProfilesWindow  *self,
                                             const char          *text);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What happened to a profile, the last first. Signal "read": the notices are on the screen. */
#define YEJI_TYPE_NOTICES_WINDOW (yeji_notices_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiNoticesWindow, yeji_notices_window, YEJI, NOTICES_WINDOW, AdwWindow)

GtkWidget *yeji_notices_window_new         (GtkWindow          *parent,
                                            YejiStore          *store);
guint      yeji_notices_window_get_n_shown (YejiNoticesWindow  *self);

G_END_DECLS

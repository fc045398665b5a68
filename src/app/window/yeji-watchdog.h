// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void   yeji_watchdog_start (guint  limit);
void   yeji_watchdog_rest  (void);
gint64 yeji_watchdog_weigh (gint64 worked,
                            gint64 waited,
                            double slowness,
                            double crowding);

G_END_DECLS

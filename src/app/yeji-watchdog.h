// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void yeji_watchdog_start     (guint limit);
void yeji_watchdog_set_limit (guint limit);
void yeji_watchdog_rest      (void);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *yeji_clock_now        (void);
char *yeji_clock_after      (gint64 seconds);
char *yeji_clock_today      (void);
void  yeji_clock_set_offset (gint64 seconds);

G_END_DECLS

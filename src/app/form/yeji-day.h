// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *yeji_day_read       (const char *typed);
char *yeji_day_count_left (int         days);

G_END_DECLS

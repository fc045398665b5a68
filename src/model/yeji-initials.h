// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char  yeji_initial_of  (gunichar    character);
char *yeji_initials_of (const char *name);

G_END_DECLS

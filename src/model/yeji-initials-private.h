// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YEJI_INITIALS_FIRST 0x4e00
#define YEJI_INITIALS_LAST 0x9fff

extern const char yeji_initials_table[];

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Readings of one character that are told at most. */
#define YEJI_PINYIN_MAX_READINGS 4

guint yeji_pinyin_get_readings (gunichar     character,
                                const char  *readings[YEJI_PINYIN_MAX_READINGS]);

G_END_DECLS

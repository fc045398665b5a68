// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Characters of a pattern; the longest in use has some two hundred. */
#define YEJI_PATTERN_MAX_LENGTH 4096

GRegex   *yeji_pattern_new            (const char  *expression,
                                       GError     **error);
gboolean  yeji_pattern_fits           (GRegex      *pattern,
                                       const char  *value);
char     *yeji_pattern_dup_expression (GRegex      *pattern);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *yeji_schema_pattern_text        (gboolean    lines);
const char *yeji_schema_pattern_date        (void);
GPtrArray  *yeji_schema_patterns_number     (guint       precision,
                                             guint       scale,
                                             double      min,
                                             double      max);
char       *yeji_schema_pattern_format      (const char *pattern);
gboolean    yeji_schema_pattern_is_portable (const char *pattern);

G_END_DECLS

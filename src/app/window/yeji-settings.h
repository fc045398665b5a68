// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSettings *yeji_settings_open  (void);
void       yeji_settings_reset (void);
gboolean   yeji_settings_get_boolean (const char *key,
                                      gboolean    fallback);
void       yeji_settings_set_boolean (const char *key,
                                      gboolean    value);

G_END_DECLS

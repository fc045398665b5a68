// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

char *yeji_healing_words (const char *kind,
                          JsonObject *details);

G_END_DECLS

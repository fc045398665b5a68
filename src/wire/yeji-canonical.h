// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-json.h"

G_BEGIN_DECLS

char *yeji_canonical_json   (JsonNode    *node,
                             GError     **error);
char *yeji_canonical_sha256 (JsonNode    *node,
                             GError     **error);
char *yeji_canonical_text   (const char  *text,
                             gsize        length,
                             GError     **error);
char *yeji_canonical_number (double       number);

G_END_DECLS

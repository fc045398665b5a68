// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void  yeji_cli_print      (const char *format,
                           ...) G_GNUC_PRINTF (1, 2);
void  yeji_cli_complain   (const char *format,
                           ...) G_GNUC_PRINTF (1, 2);
char *yeji_cli_dup_line   (const char *value);
void  yeji_cli_print_json (JsonNode   *node);

G_END_DECLS

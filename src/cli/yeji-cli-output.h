// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void  yeji_cli_print      (const char *format,
                           ...) G_GNUC_PRINTF (1, 2);
void  yeji_cli_complain   (const char *format,
                           ...) G_GNUC_PRINTF (1, 2);
void  yeji_cli_remark     (const char *text);
char *yeji_cli_dup_line   (const char *value);
void  yeji_cli_print_json (JsonNode   *node);
void  yeji_cli_print_object (JsonObject *object);
void  yeji_cli_set_json   (gboolean    json);
void  yeji_cli_show_line  (const char *line);
void  yeji_cli_tell_json  (JsonObject *object);
void  yeji_cli_tell_usage (const char *usage);
void  yeji_cli_tell_end   (int         status,
                           const char *name);

G_END_DECLS

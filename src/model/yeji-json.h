// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define YEJI_JSON_ERROR (yeji_json_error_quark ())

/**
 * YejiJsonError:
 * @YEJI_JSON_ERROR_TEXT: not UTF-8, or with a NUL or half a surrogate pair
 * @YEJI_JSON_ERROR_DEPTH: nested deeper than 32 levels
 * @YEJI_JSON_ERROR_SYNTAX: not JSON
 * @YEJI_JSON_ERROR_MEMBER: a member is missing or of the wrong type
 * @YEJI_JSON_ERROR_SIZE: longer than the program takes
 */
typedef enum
{
  YEJI_JSON_ERROR_TEXT,
  YEJI_JSON_ERROR_DEPTH,
  YEJI_JSON_ERROR_SYNTAX,
  YEJI_JSON_ERROR_MEMBER,
  YEJI_JSON_ERROR_SIZE,
} YejiJsonError;

GQuark      yeji_json_error_quark  (void);
JsonNode   *yeji_json_parse        (const char  *text,
                                    gssize       length,
                                    GError     **error);
char       *yeji_json_print        (JsonNode    *node,
                                    gboolean     pretty);
void        yeji_json_print_string (GString   *text,
                                    const char *string);
char       *yeji_json_number_to_text (double      number);
const char *yeji_json_get_string   (JsonObject  *object,
                                    const char  *member);
gint64      yeji_json_get_int      (JsonObject  *object,
                                    const char  *member,
                                    gint64       fallback);
JsonObject *yeji_json_get_object   (JsonObject  *object,
                                    const char  *member);
JsonArray  *yeji_json_get_array    (JsonObject  *object,
                                    const char  *member);
JsonObject *yeji_json_node_object  (JsonNode    *node);
const char *yeji_json_node_string  (JsonNode    *node);

G_END_DECLS

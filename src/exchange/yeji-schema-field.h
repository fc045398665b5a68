// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Names of definitions; those of tables and code lists are before their ids. */
#define YEJI_SCHEMA_EMPTY "empty"
#define YEJI_SCHEMA_EMPTY_DATE "empty_date"
#define YEJI_SCHEMA_LINE "line"
#define YEJI_SCHEMA_LINES "lines"
#define YEJI_SCHEMA_TABLE "table."
#define YEJI_SCHEMA_CODES "codes."

JsonObject *yeji_schema_new_typed      (const char         *type);
JsonObject *yeji_schema_new_reference  (const char         *name);
JsonObject *yeji_schema_new_field      (YejiDictionary     *dictionary,
                                        const YejiFieldDef *field);
void        yeji_schema_set_text       (JsonObject         *object,
                                        const char         *member,
                                        const YejiText     *text);
gboolean    yeji_schema_is_ruled       (YejiDictionary     *dictionary,
                                        YejiRuleKind        kind,
                                        const YejiFieldDef *field);
gboolean    yeji_schema_is_mandatory   (YejiDictionary     *dictionary,
                                        const YejiFieldDef *field);
gboolean    yeji_schema_has_format     (const YejiFormat   *format);

G_END_DECLS

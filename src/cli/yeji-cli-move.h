// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cli.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

YejiExit    yeji_cli_adopt               (YejiCliSession  *session,
                                          GPtrArray      **reports);
YejiExit    yeji_cli_forget_key          (YejiCliSession  *session);
void        yeji_cli_print_reports       (GPtrArray       *reports);
JsonArray  *yeji_cli_reports_to_json     (GPtrArray       *reports);
JsonNode   *yeji_cli_notes_to_json       (GPtrArray       *notes);
JsonObject *yeji_cli_dictionary_to_json  (YejiStore       *store,
                                          GPtrArray       *reports);

G_END_DECLS

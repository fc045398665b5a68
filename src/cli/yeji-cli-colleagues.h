// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-colleague.h"
#include "yeji-entry.h"

G_BEGIN_DECLS

/* Who edits the profile's records on other computers, as the window shows it: what the province
 * said when it was asked last, until that may be over. */
GPtrArray *yeji_cli_load_colleagues     (YejiStore           *store);
void       yeji_cli_set_colleague       (JsonObject          *object,
                                         const YejiColleague *colleague);
char      *yeji_cli_dup_colleague       (const YejiColleague *colleague);
JsonArray *yeji_cli_colleagues_to_json  (GPtrArray           *entries,
                                         GPtrArray           *colleagues);
void       yeji_cli_print_colleagues    (GPtrArray           *entries,
                                         GPtrArray           *colleagues);

G_END_DECLS

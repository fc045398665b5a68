// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <json-glib/json-glib.h>

#include "yeji-store.h"

G_BEGIN_DECLS

gboolean    yeji_program_update_learn      (YejiStore     *store,
                                            JsonObject    *config,
                                            GError       **error);
char       *yeji_program_update_get_wanted (YejiStore     *store,
                                            char         **where);
char       *yeji_program_update_get_words  (YejiStore     *store,
                                            YejiLanguage   language);
int         yeji_program_update_compare    (const char    *a,
                                            const char    *b);

G_END_DECLS

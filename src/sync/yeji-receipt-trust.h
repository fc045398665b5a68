// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-language.h"
#include "yeji-store.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean yeji_receipt_trust_learn       (YejiStore     *store,
                                         const char    *url,
                                         JsonObject    *config,
                                         GError       **error);
gboolean yeji_receipt_trust_expects     (YejiStore     *store,
                                         const char    *url,
                                         gboolean      *expects,
                                         GError       **error);
char    *yeji_receipt_trust_find        (YejiStore     *store,
                                         const char    *id,
                                         GError       **error);
gboolean yeji_receipt_trust_is_revoked  (YejiStore     *store,
                                         const char    *id,
                                         gboolean      *revoked,
                                         GError       **error);
char    *yeji_receipt_trust_get_problem (YejiStore     *store,
                                         YejiLanguage   language);
gboolean yeji_receipt_trust_forget      (YejiStore     *store,
                                         GError       **error);

G_END_DECLS

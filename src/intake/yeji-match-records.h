// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-match.h"
#include "yeji-store.h"

G_BEGIN_DECLS

GPtrArray *yeji_match_records_load (YejiStore           *store,
                                    GError             **error);
void       yeji_match_recheck      (YejiStore           *store,
                                    const char * const  *uuids);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"
#include "yeji-server-context.h"

G_BEGIN_DECLS

gboolean yeji_key_watch_note (YejiServerContext  *context,
                              YejiDb             *db,
                              GError            **error);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-notice.h"
#include "yeji-sql.h"

G_BEGIN_DECLS

/* On the database's thread, in a transaction; yeji_store_announce_notice() after it. */
gboolean yeji_notice_write (YejiSql     *sql,
                            const char  *kind,
                            JsonObject  *details,
                            GError     **error);

G_END_DECLS

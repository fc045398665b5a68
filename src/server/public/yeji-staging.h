// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sql.h"

G_BEGIN_DECLS

/* What comes in many transactions and is seen at one moment: see YEJI_STAGING_SEEN(). */

gboolean yeji_staging_begin (YejiSql     *sql,
                             const char  *kind,
                             const char  *name,
                             gint64      *batch,
                             GError     **error);
gboolean yeji_staging_find  (YejiSql     *sql,
                             const char  *kind,
                             const char  *name,
                             gint64      *batch,
                             GError     **error);
gboolean yeji_staging_show  (YejiSql     *sql,
                             gint64       batch,
                             GError     **error);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sql.h"

G_BEGIN_DECLS

gboolean yeji_session_begin (YejiSql     *sql,
                             const char  *id,
                             gboolean    *unclean,
                             GError     **error);
void     yeji_session_mark  (const char  *directory,
                             const char  *id);
gboolean yeji_session_end   (YejiSql     *sql,
                             GError     **error);
void     yeji_session_forget (const char *directory);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-server-context.h"
#include "yeji-sql.h"

G_BEGIN_DECLS

/* What is told. */
#define YEJI_PUSH_PUBLISH "publish"
#define YEJI_PUSH_REMOVE "remove"

gboolean yeji_push_note     (YejiServerContext  *context,
                             YejiSql            *sql,
                             const char         *uuid,
                             GError            **error);
gboolean yeji_push_note_all (YejiServerContext  *context,
                             YejiSql            *sql,
                             char              **after,
                             gboolean           *more,
                             GError            **error);
gboolean yeji_push_is_current (YejiServerContext *context,
                             YejiSql            *sql,
                             const char         *uuid,
                             const char         *kind,
                             const char         *content,
                             gboolean           *current,
                             GError            **error);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sql.h"

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean  yeji_sql_copy_into    (YejiSql       *self,
                                 const char    *path,
                                 GCancellable  *cancellable,
                                 GError       **error);
gboolean  yeji_sql_check        (YejiSql       *self,
                                 GCancellable  *cancellable,
                                 GError       **error);
gboolean  yeji_sql_require_read (const char    *text,
                                 GError       **error);
gboolean  yeji_sql_read_version (YejiSql       *self,
                                 guint         *version,
                                 GError       **error);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sql.h"

G_BEGIN_DECLS

YejiSql  *yeji_sql_open          (const char  *path,
                                  GError     **error);
void      yeji_sql_close         (YejiSql     *self);
gboolean  yeji_sql_run_script    (YejiSql     *self,
                                  const char  *script,
                                  GError     **error);
gboolean  yeji_sql_begin         (YejiSql     *self,
                                  GError     **error);
gboolean  yeji_sql_commit        (YejiSql     *self,
                                  GError     **error);
void      yeji_sql_rollback      (YejiSql     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSql, yeji_sql_close)

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sql.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  YEJI_SQL_NULL,
  YEJI_SQL_INTEGER,
  YEJI_SQL_REAL,
  YEJI_SQL_TEXT,
  YEJI_SQL_BLOB,
} YejiSqlKind;

/* A value whose kind is known at run time alone. */
typedef struct
{
  YejiSqlKind kind;
  gint64 integer;
  double real;
  const char *bytes;           /* (unowned) (nullable): of a text or blob, without a NUL behind */
  gsize length;
} YejiSqlValue;

YejiSql  *yeji_sql_open          (const char  *path,
                                  GError     **error);
YejiSql  *yeji_sql_open_read_only (const char *path,
                                  GError     **error);
void      yeji_sql_set_cancellable (YejiSql   *self,
                                  GCancellable *cancellable);
void      yeji_sql_close         (YejiSql     *self);
gboolean  yeji_sql_run_script    (YejiSql     *self,
                                  const char  *script,
                                  GError     **error);
gboolean  yeji_sql_exec_values   (YejiSql            *self,
                                  const char         *statement,
                                  const YejiSqlValue *values,
                                  guint               n_values,
                                  GError            **error);
gboolean  yeji_sql_begin         (YejiSql     *self,
                                  GError     **error);
gboolean  yeji_sql_commit        (YejiSql     *self,
                                  GError     **error);
void      yeji_sql_rollback      (YejiSql     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSql, yeji_sql_close)

G_END_DECLS

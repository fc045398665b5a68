// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sql.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* One numbered step of a schema; the position in the table is the version that it leads to. */
typedef struct
{
  const char *name;
  const char *sql;
  gboolean rebuilds;           /* it puts a table in the place of another one to which others refer:
                                * whether their references hold is looked at behind all steps */
} YejiMigration;

/**
 * YejiDbFunc:
 * @sql: the connection, in a transaction
 * @data: as given
 *
 * Works on the database's own thread inside one transaction, which is committed when the function
 * returns %TRUE and rolled back otherwise.
 */
typedef gboolean (*YejiDbFunc) (YejiSql   *sql,
                                gpointer   data,
                                GError   **error);

/**
 * YejiDbCopyFunc:
 * @path: the database that is to be migrated
 * @version: what its schema is now
 *
 * Returns: (transfer full) (nullable): the path of the copy that is to be made, in a folder that is
 * there; %NULL with @error set when there can be none
 */
typedef char *(*YejiDbCopyFunc) (const char  *path,
                                 guint        version,
                                 gpointer     data,
                                 GError     **error);

/**
 * YejiDbWatch:
 * @before: called in the first transaction that changed anything, before it is committed
 * @after: called when it was committed
 *
 * Tells of the first write, on the database's thread. Where the commit fails, the next transaction
 * that writes is the first.
 */
typedef struct
{
  YejiDbFunc before;
  void (*after) (gpointer data);
} YejiDbWatch;

#define YEJI_TYPE_DB (yeji_db_get_type ())

G_DECLARE_FINAL_TYPE (YejiDb, yeji_db, YEJI, DB, GObject)

YejiDb   *yeji_db_open       (const char           *path,
                              const YejiMigration  *migrations,
                              guint                 n_migrations,
                              GError              **error);
YejiDb   *yeji_db_open_reader (YejiDb              *self,
                               GError             **error);
YejiDb   *yeji_db_open_with_copy (const char       *path,
                              const YejiMigration  *migrations,
                              guint                 n_migrations,
                              YejiDbCopyFunc        name_copy,
                              gpointer              data,
                              GError              **error);
void      yeji_db_watch_first_write (YejiDb        *self,
                              const YejiDbWatch    *watch,
                              gpointer              data);
gboolean  yeji_db_run        (YejiDb               *self,
                              YejiDbFunc            func,
                              gpointer              data,
                              GError              **error);
void      yeji_db_run_async  (YejiDb               *self,
                              YejiDbFunc            func,
                              gpointer              data,
                              GDestroyNotify        destroy,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data);
gboolean  yeji_db_run_finish (YejiDb               *self,
                              GAsyncResult         *result,
                              GError              **error);
gboolean  yeji_db_is_damaged (YejiDb               *self);
void      yeji_db_close      (YejiDb               *self);

G_END_DECLS

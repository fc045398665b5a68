// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sql"

#include "config.h"

#include "yeji-sql-copy.h"

#include <fcntl.h>
#include <string.h>

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "yeji-platform.h"
#include "yeji-sql-private.h"

static gboolean
sync_copy (const char  *path,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  int fd = g_open (path, O_RDWR, 0);
  gboolean synced;

  if (fd < 0)
    {
      g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, "%s: is gone", path);
      return FALSE;
    }
  synced = yeji_platform_sync_file (fd, &local_error);
  g_close (fd, NULL);
  if (!synced)
    g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, "%s: %s", path, local_error->message);
  return synced;
}

/* What was given up by wish is told so, and not as a failure of the database. */
static gboolean
fail (GCancellable  *cancellable,
      GError        *local_error,
      GError       **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    g_error_free (local_error);
  else
    g_propagate_error (error, local_error);
  return FALSE;
}

/**
 * yeji_sql_copy_into:
 * @path: a file that is not there yet; one that is there is left as it is
 *
 * Writes what is committed at this moment into a database of its own, without what was deleted,
 * and syncs it. Others may go on writing meanwhile. Must not be called inside a transaction.
 *
 * Returns: %FALSE with a #YejiDbError or %G_IO_ERROR_CANCELLED; nothing of the copy is left then
 */
gboolean
yeji_sql_copy_into (YejiSql       *self,
                    const char    *path,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  GError *local_error = NULL;
  gboolean done;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, "%s: is there already", path);
      return FALSE;
    }
  yeji_sql_set_cancellable (self, cancellable);
  done = yeji_sql_exec (self, &local_error, "VACUUM INTO ?1", "s", path)
         && sync_copy (path, &local_error);
  yeji_sql_set_cancellable (self, NULL);
  if (done)
    return TRUE;
  yeji_platform_remove (path);
  yeji_platform_remove (journal);
  return fail (cancellable, local_error, error);
}

/**
 * yeji_sql_require_read:
 * @text: (nullable): what SQLite's check of the file says is wrong
 *
 * Tells a page that is wrong from one that the disk did not give, which the check says in the same
 * way: what comes after it means nothing, either.
 *
 * Returns: %FALSE with %YEJI_DB_ERROR_IO when a page could not be read
 */
gboolean
yeji_sql_require_read (const char  *text,
                       GError     **error)
{
  const char *code = text != NULL ? strstr (text, "error code=") : NULL;
  gboolean failed = text != NULL && strstr (text, "failed to get page") != NULL;

  for (; code != NULL; code = strstr (code + 1, "error code="))
    failed |= (strtoll (strchr (code, '=') + 1, NULL, 10) & 0xff) != SQLITE_CORRUPT;
  if (!failed)
    return TRUE;
  g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, "the disk cannot be read: %s", text);
  return FALSE;
}

/**
 * yeji_sql_check:
 *
 * Reads the whole file and looks whether it hangs together.
 *
 * Returns: %FALSE with %YEJI_DB_ERROR_DAMAGED and the first thing that is wrong, another
 * #YejiDbError or %G_IO_ERROR_CANCELLED
 */
gboolean
yeji_sql_check (YejiSql       *self,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (YejiRows) rows = NULL;
  GError *local_error = NULL;
  gboolean found;

  if (!yeji_sql_run_script (self, "PRAGMA cell_size_check = ON", error))
    return FALSE;
  yeji_sql_set_cancellable (self, cancellable);
  rows = yeji_sql_query (self, &local_error, "PRAGMA quick_check (1)", "");
  found = rows != NULL && yeji_rows_next (rows, &local_error);
  yeji_sql_set_cancellable (self, NULL);
  if (local_error != NULL)
    return fail (cancellable, local_error, error);
  if (found && g_strcmp0 (yeji_rows_text (rows, 0), "ok") == 0)
    return TRUE;
  if (found && !yeji_sql_require_read (yeji_rows_text (rows, 0), error))
    return FALSE;
  g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED, "%s",
               found ? yeji_rows_text (rows, 0) : "the check says nothing");
  return FALSE;
}

/**
 * yeji_sql_read_version:
 *
 * Returns: whether the schema's number could be read; 0 is an empty database
 */
gboolean
yeji_sql_read_version (YejiSql  *self,
                       guint    *version,
                       GError  **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (self, error, "PRAGMA user_version", "");

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *version = (guint) yeji_rows_int (rows, 0);
  return TRUE;
}

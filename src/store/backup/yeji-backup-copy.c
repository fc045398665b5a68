// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-backup"

#include "config.h"

#include "yeji-backup-private.h"

#include <glib/gstdio.h>

#include "yeji-platform.h"
#include "yeji-sql-copy.h"
#include "yeji-sql-private.h"

/* A copy and what was there before and after it differ while somebody types; so often in a row
 * they do not. */
#define N_ATTEMPTS 3

/* Table -> number of rows, of one moment. What a search index keeps beside itself comes and goes
 * as it likes. */
static GHashTable *
count_tables (YejiSql  *sql,
              GError  **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) counts = NULL;
  g_autoptr (GError) local_error = NULL;
  YejiRows *rows;

  counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  rows = yeji_sql_query (sql, error,
                         "SELECT name FROM pragma_table_list WHERE schema = 'main'"
                         " AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'", "");
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (names, yeji_rows_dup_text (rows, 0));
  yeji_rows_free (rows);
  for (guint i = 0; i < names->len && local_error == NULL; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_auto (GStrv) pieces = g_strsplit (name, "\"", -1);
      g_autofree char *quoted = g_strjoinv ("\"\"", pieces);
      g_autofree char *query = g_strdup_printf ("SELECT count(*) FROM \"%s\"", quoted);
      g_autoptr (YejiRows) found = yeji_sql_query (sql, &local_error, query, "");

      if (found != NULL && yeji_rows_next (found, &local_error))
        {
          gint64 number = yeji_rows_int (found, 0);

          g_hash_table_insert (counts, g_strdup (name), g_memdup2 (&number, sizeof number));
        }
    }
  if (local_error == NULL)
    return g_steal_pointer (&counts);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static GHashTable *
count_at_once (YejiSql  *sql,
               GError  **error)
{
  GHashTable *counts;

  if (!yeji_sql_exec (sql, error, "BEGIN", ""))
    return NULL;
  counts = count_tables (sql, error);
  yeji_sql_rollback (sql);
  return counts;
}

/* Whether the copy is of a moment between the two. */
static gboolean
is_between (GHashTable *copy,
            GHashTable *before,
            GHashTable *after)
{
  GHashTableIter iter;
  gpointer name, value;

  if (g_hash_table_size (copy) != g_hash_table_size (before))
    return FALSE;
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const gint64 *first = value;
      const gint64 *second = g_hash_table_lookup (after, name);
      const gint64 *copied = g_hash_table_lookup (copy, name);

      if (second == NULL || copied == NULL || *copied < MIN (*first, *second)
          || *copied > MAX (*first, *second))
        return FALSE;
    }
  return TRUE;
}

static gboolean
count_unreadable (YejiSql  *sql,
                  gint64   *n_unreadable,
                  GError  **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error, "SELECT count(*) FROM record WHERE NOT json_valid (body)", "");
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *n_unreadable = yeji_rows_int (rows, 0);
  return TRUE;
}

/* One that is unreadable in the profile, too, is no reason to have no backup of the others. */
static gboolean
check_bodies (YejiSql  *copy,
              YejiSql  *source,
              GError  **error)
{
  gint64 n_copied, n_there = 0;

  if (!count_unreadable (copy, &n_copied, error))
    return FALSE;
  if (n_copied > 0 && !count_unreadable (source, &n_there, error))
    return FALSE;
  if (n_copied <= n_there)
    return TRUE;
  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_DIFFERS,
               "%" G_GINT64_FORMAT " records of the copy cannot be read", n_copied);
  return FALSE;
}

/* @fits: whether the copy has the rows that it must have */
static gboolean
check_copy (const char    *path,
            YejiSql       *source,
            GHashTable    *before,
            GHashTable    *after,
            gboolean      *fits,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (YejiSql) copy = yeji_sql_open_read_only (path, error);
  g_autoptr (GHashTable) counts = NULL;

  if (copy == NULL || !yeji_sql_check (copy, cancellable, error))
    return FALSE;
  counts = count_tables (copy, error);
  if (counts == NULL || !check_bodies (copy, source, error))
    return FALSE;
  *fits = is_between (counts, before, after);
  return TRUE;
}

static gboolean
copy_once (YejiSql       *source,
           const char    *path,
           gboolean      *fits,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GHashTable) before = count_at_once (source, error);
  g_autoptr (GHashTable) after = NULL;

  if (before == NULL || !yeji_sql_copy_into (source, path, cancellable, error))
    return FALSE;
  yeji_backup_step ("copied");
  after = count_at_once (source, error);
  if (after != NULL && check_copy (path, source, before, after, fits, cancellable, error) && *fits)
    return TRUE;
  yeji_platform_remove (path);
  return after != NULL && (error == NULL || *error == NULL);
}

static gint64
measure_file (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (gint64) status.st_size : 0;
}

/* Twice what is needed, so that saves have room meanwhile. */
static gboolean
require_room_for_copy (const char  *source,
                       const char  *path,
                       GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *log = g_strconcat (source, "-wal", NULL);

  return yeji_backup_require_room (folder, 2 * (guint64) (measure_file (source)
                                                          + measure_file (log)), error);
}

/**
 * yeji_backup_copy_database: (skip)
 * @directory: the profile's
 * @path: where nothing is yet
 *
 * Copies the database as it is at this moment, whoever writes to it meanwhile, reads the copy back
 * and syncs it.
 *
 * Returns: %FALSE with a #YejiBackupError or %G_IO_ERROR_CANCELLED; nothing is left at @path then
 */
gboolean
yeji_backup_copy_database (const char    *directory,
                           const char    *path,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autofree char *source = g_build_filename (directory, "yeji.sqlite", NULL);
  g_autoptr (YejiSql) sql = NULL;
  GError *local_error = NULL;
  gboolean fits = FALSE;

  if (!require_room_for_copy (source, path, error))
    return FALSE;
  sql = yeji_sql_open_read_only (source, &local_error);
  for (guint i = 0; sql != NULL && local_error == NULL && !fits && i < N_ATTEMPTS; i++)
    copy_once (sql, path, &fits, cancellable, &local_error);
  if (local_error != NULL)
    return yeji_backup_take_db_error (local_error, error);
  if (fits)
    return TRUE;
  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_DIFFERS,
               "%s: the copy has not the rows that it must have", path);
  return FALSE;
}

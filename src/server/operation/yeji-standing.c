// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-standing.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

static void
clear_tally (gpointer data)
{
  g_free (((YejiTally *) data)->name);
}

static gint64
get_size (YejiServerContext *context,
          const char        *name)
{
  g_autofree char *dir = g_path_get_dirname (context->content_dir);
  g_autofree char *path = g_build_filename (dir, name, NULL);
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (gint64) status.st_size : 0;
}

/**
 * yeji_standing_read_free_space:
 * @size: (out): bytes of the whole disk
 *
 * Returns: bytes that are free where the province is; -1 if nobody knows
 */
gint64
yeji_standing_read_free_space (YejiServerContext *context,
                               gint64            *size)
{
  g_autoptr (GFile) dir = g_file_new_for_path (context->content_dir);
  g_autoptr (GFileInfo) info = NULL;

  info = g_file_query_filesystem_info (dir, G_FILE_ATTRIBUTE_FILESYSTEM_SIZE ","
                                       G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  *size = -1;
  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE))
    return -1;
  *size = (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_SIZE);
  return (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
}

static gboolean
read_tallies (YejiSql     *sql,
              const char  *statement,
              GArray     **tallies,
              GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, statement, "");

  *tallies = g_array_new (FALSE, TRUE, sizeof (YejiTally));
  g_array_set_clear_func (*tallies, clear_tally);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      YejiTally tally = { yeji_rows_dup_text (rows, 0), yeji_rows_int (rows, 1) };

      g_array_append_val (*tallies, tally);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
read_numbers (YejiSql       *sql,
              YejiStanding  *standing,
              GError       **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT (SELECT coalesce (sum (bytes), 0) FROM usage),"
                         " (SELECT count (*) FROM file WHERE complete = 0),"
                         " (SELECT count (*) FROM session),"
                         " (SELECT min (submitted_at) FROM record WHERE state = 'submitted')", "");
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  standing->documents = yeji_rows_int (rows, 0);
  standing->uploads = yeji_rows_int (rows, 1);
  standing->sessions = yeji_rows_int (rows, 2);
  standing->oldest_submission = yeji_rows_dup_text (rows, 3);
  return TRUE;
}

/**
 * yeji_standing_read:
 * @standing: (out caller-allocates)
 *
 * Looks how it stands with disk, database, queues and the national platform.
 */
gboolean
yeji_standing_read (YejiServerContext  *context,
                    YejiSql            *sql,
                    YejiStanding       *standing,
                    GError            **error)
{
  *standing = (YejiStanding) { 0 };
  standing->disk_free = yeji_standing_read_free_space (context, &standing->disk_size);
  standing->database = get_size (context, "province.db");
  standing->database_log = get_size (context, "province.db-wal");
  return read_numbers (sql, standing, error)
         && read_tallies (sql, "SELECT state, count (*) FROM record GROUP BY state",
                          &standing->records, error)
         && read_tallies (sql, "SELECT role, count (*) FROM account GROUP BY role",
                          &standing->accounts, error)
         && yeji_push_count (sql, &standing->push, error);
}

void
yeji_standing_clear (YejiStanding *standing)
{
  g_clear_pointer (&standing->records, g_array_unref);
  g_clear_pointer (&standing->accounts, g_array_unref);
  g_clear_pointer (&standing->oldest_submission, g_free);
  yeji_push_counts_clear (&standing->push);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-backup"

#include "config.h"

#include "yeji-backup-private.h"

#include <fcntl.h>
#include <string.h>

#include <glib/gstdio.h>

#include "yeji-platform.h"
#include "yeji-store-private.h"

static YejiBackupStepFunc step_func;
static gpointer step_data;

void
yeji_backup_set_step_func (YejiBackupStepFunc func,
                           gpointer           data)
{
  step_func = func;
  step_data = data;
}

void
yeji_backup_step (const char *step)
{
  if (step_func != NULL)
    step_func (step, step_data);
}

/**
 * yeji_backup_take_db_error: (skip)
 * @db_error: (transfer full): of #YejiDbError, or another one, which is passed on
 *
 * Tells a database's failure as one of ours.
 *
 * Returns: %FALSE
 */
gboolean
yeji_backup_take_db_error (GError  *db_error,
                           GError **error)
{
  static const struct { YejiDbError cause; YejiBackupError told; } causes[] = {
    { YEJI_DB_ERROR_FULL,      YEJI_BACKUP_ERROR_FULL },
    { YEJI_DB_ERROR_IO,        YEJI_BACKUP_ERROR_FILE },
    { YEJI_DB_ERROR_READ_ONLY, YEJI_BACKUP_ERROR_FILE },
    { YEJI_DB_ERROR_DAMAGED,   YEJI_BACKUP_ERROR_FORMAT },
    { YEJI_DB_ERROR_FAILED,    YEJI_BACKUP_ERROR_FORMAT },
    { YEJI_DB_ERROR_NEWER,     YEJI_BACKUP_ERROR_NEWER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    if (g_error_matches (db_error, YEJI_DB_ERROR, (int) causes[i].cause))
      {
        db_error->domain = YEJI_BACKUP_ERROR;
        db_error->code = (int) causes[i].told;
        break;
      }
  g_propagate_error (error, db_error);
  return FALSE;
}

/* Never through a link: what it points at is none of ours. */
void
yeji_backup_remove_tree (const char *path)
{
  GDir *dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      yeji_backup_remove_tree (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  yeji_platform_remove (path);
}

gboolean
yeji_backup_sync_path (const char  *path,
                       GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  int fd = g_open (path, O_RDWR, 0);
  gboolean synced = fd >= 0 && yeji_platform_sync_file (fd, &local_error);

  if (fd >= 0)
    g_close (fd, NULL);
  if (!synced)
    g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FILE, "%s: %s", path,
                 local_error != NULL ? local_error->message : "cannot be opened");
  return synced;
}

/**
 * yeji_backup_require_room: (skip)
 *
 * Fails when the disk has not room for so much. A copy must not take the last room from the saves
 * that go on meanwhile, so callers ask for more than they need.
 */
gboolean
yeji_backup_require_room (const char  *folder,
                          guint64      n_bytes,
                          GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GFileInfo) info = NULL;
  guint64 n_free;

  info = g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE))
    return TRUE;
  n_free = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
  if (n_free >= n_bytes)
    return TRUE;
  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FULL,
               "%s: %" G_GUINT64_FORMAT " MB are free, %" G_GUINT64_FORMAT " MB are needed", folder,
               n_free >> 20, (n_bytes >> 20) + 1);
  return FALSE;
}

static int
compare_names (gconstpointer first,
               gconstpointer second)
{
  return strcmp (*(const char * const *) first, *(const char * const *) second);
}

/**
 * yeji_backup_has_tray: (skip)
 * @has: (out): whether the database is of a version that has a tray, and originals
 */
gboolean
yeji_backup_has_tray (YejiSql   *sql,
                      gboolean  *has,
                      GError   **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "PRAGMA user_version", "");

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *has = yeji_rows_int (rows, 0) >= YEJI_TRAY_VERSION;
  return TRUE;
}

/* How large an original is nobody noted. */
#define DOCUMENTS "SELECT sha256, filename, size FROM attachment WHERE removed_at IS NULL"
#define DOCUMENTS_WITH_TRAY \
  DOCUMENTS " UNION ALL SELECT sha256, filename, size FROM tray WHERE removed_at IS NULL" \
  " UNION ALL SELECT original, filename, -1 FROM attachment WHERE removed_at IS NULL" \
  "  AND original IS NOT NULL UNION ALL SELECT original, filename, -1 FROM tray" \
  "  WHERE removed_at IS NULL AND original IS NOT NULL"

/**
 * yeji_backup_find_missing: (skip)
 * @directory: a profile's, whose documents are looked at
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the file names of documents that the
 * database names and that are not there, sorted; %NULL with a #YejiDbError
 */
GPtrArray *
yeji_backup_find_missing (YejiSql     *sql,
                          const char  *directory,
                          GError     **error)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;
  gboolean has_tray;

  if (!yeji_backup_has_tray (sql, &has_tray, error))
    return NULL;
  rows = yeji_sql_query (sql, error,
                         has_tray ? "SELECT sha256, min(filename), max(size) FROM ("
                                    DOCUMENTS_WITH_TRAY ") GROUP BY sha256"
                                  : "SELECT sha256, min(filename), max(size) FROM (" DOCUMENTS
                                    ") GROUP BY sha256", "");
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    {
      const char *sum = yeji_rows_text (rows, 0);
      g_autofree char *path = NULL;
      GStatBuf status;

      /* What is no digest must not lead out of the folder. */
      if (sum != NULL && strlen (sum) == 64 && strspn (sum, "0123456789abcdef") == 64)
        path = yeji_copies_get_path (directory, sum);
      if (path == NULL || g_stat (path, &status) != 0
          || (yeji_rows_int (rows, 2) >= 0 && status.st_size != yeji_rows_int (rows, 2)))
        g_ptr_array_add (missing, yeji_rows_dup_text (rows, 1));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  g_ptr_array_sort (missing, compare_names);
  return g_steal_pointer (&missing);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-bundle"

#include "config.h"

#include "yeji-bundle-private.h"

#include <glib/gstdio.h>

#include "yeji-platform.h"
#include "yeji-session.h"
#include "yeji-sql-private.h"
#include "yeji-store-private.h"

#define SCRATCH "scratch"

static gboolean
sync_folders (const char  *path,
              GError     **error)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GError) local_error = NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !sync_folders (child, error))
        return FALSE;
    }
  if (yeji_platform_sync_directory (path, &local_error))
    return TRUE;
  g_set_error_literal (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FILE, local_error->message);
  return FALSE;
}

/* The profile was open when it was packed, which is no sign that its program was killed. */
static gboolean
look_into_database (const char        *work,
                    YejiBackupReport  *report,
                    GError           **error)
{
  g_autofree char *path = g_build_filename (work, YEJI_BUNDLE_DATABASE, NULL);
  g_autoptr (YejiSql) sql = NULL;
  GError *local_error = NULL;

  sql = yeji_sql_open (path, &local_error);
  if (sql != NULL
      && yeji_session_end (sql, &local_error)
      && yeji_backup_count_records (sql, &report->n_after, &local_error))
    report->missing = yeji_backup_find_missing (sql, work, &local_error);
  return report->missing != NULL || yeji_backup_take_db_error (local_error, error);
}

/* The database is anybody's: looked at before it is written to. */
static gboolean
check_profile (const char        *work,
               YejiBackupReport  *report,
               GError           **error)
{
  g_autofree char *path = g_build_filename (work, YEJI_BUNDLE_DATABASE, NULL);
  g_autofree char *scratch = g_build_filename (work, SCRATCH, NULL);
  gboolean sound;

  if (g_mkdir_with_parents (scratch, 0700) != 0)
    {
      g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FILE, "%s cannot be made", scratch);
      return FALSE;
    }
  sound = yeji_backup_require_schema (path, scratch, error);
  yeji_backup_remove_tree (scratch);
  return sound && look_into_database (work, report, error) && yeji_backup_sync_path (path, error)
         && sync_folders (work, error);
}

static gboolean
require_nothing (const char  *directory,
                 GError     **error)
{
  if (!g_file_test (directory, G_FILE_TEST_EXISTS)
      && !g_file_test (directory, G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_EXISTS, "%s is there already",
               directory);
  return FALSE;
}

static gboolean
move_into_place (const char  *work,
                 const char  *directory,
                 GError     **error)
{
  g_autofree char *parent = g_path_get_dirname (directory);
  g_autoptr (GError) local_error = NULL;

  yeji_backup_step ("bundle-unpacked");
  if (!require_nothing (directory, error))   /* somebody may have been quicker */
    return FALSE;
  if (yeji_platform_rename (work, directory) == 0
      && yeji_platform_sync_directory (parent, &local_error))
    return TRUE;
  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FILE, "%s: %s", directory,
               local_error != NULL ? local_error->message : "cannot be made");
  return FALSE;
}

static gboolean
unpack (const char          *path,
        const char          *work,
        const char          *directory,
        YejiBackupReport    *report,
        YejiBundleProgress  *progress,
        GCancellable        *cancellable,
        GError             **error)
{
  g_autoptr (YejiManifest) manifest = yeji_bundle_survey (path, cancellable, error);

  if (manifest == NULL)
    return FALSE;
  if (manifest->version > yeji_store_n_migrations)
    {
      g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_NEWER,
                   "%s has version %u, this program knows %u", path, manifest->version,
                   yeji_store_n_migrations);
      return FALSE;
    }
  if (g_mkdir_with_parents (work, 0700) != 0)
    {
      g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FILE, "%s cannot be made", work);
      return FALSE;
    }
  progress->total = manifest->size;
  return yeji_backup_require_room (work, manifest->size, error)
         && yeji_bundle_unpack (path, manifest, work, progress, cancellable, error)
         && check_profile (work, report, error)
         && move_into_place (work, directory, error);
}

/**
 * yeji_bundle_restore:
 * @path: a bundle
 * @directory: the new profile's, where nothing may be yet
 * @progress: (nullable) (scope call): told of bytes that were unpacked
 * @report: (out) (optional): how many records are in it, and which documents are missing because
 *     they were missing when it was packed
 *
 * Makes a profile of a bundle: unpacked beside @directory, compared with the manifest, the database
 * checked, synced, and renamed when everything is right. What the archive holds beyond a profile,
 * under whatever name, makes it be refused. It is not opened: its keys may not be at hand, and
 * yeji_store_open() tells that. Blocks.
 *
 * Returns: %FALSE with a #YejiBackupError or %G_IO_ERROR_CANCELLED, and nothing is left
 */
gboolean
yeji_bundle_restore (const char              *path,
                     const char              *directory,
                     YejiBackupProgressFunc   progress,
                     gpointer                 data,
                     GCancellable            *cancellable,
                     YejiBackupReport       **report,
                     GError                 **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *work = NULL;
  g_autofree char *target = NULL;
  g_autoptr (YejiBackupReport) own_report = g_new0 (YejiBackupReport, 1);
  YejiBundleProgress own_progress = { progress, data };

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (directory != NULL, FALSE);

  /* "DIR/" is DIR, beside which is not in it. */
  target = g_canonicalize_filename (directory, NULL);
  work = g_strconcat (target, YEJI_BUNDLE_PART, uuid, NULL);
  if (!require_nothing (target, error))
    return FALSE;
  if (!unpack (path, work, target, own_report, &own_progress, cancellable, error))
    {
      yeji_backup_remove_tree (work);
      return FALSE;
    }
  if (report != NULL)
    *report = g_steal_pointer (&own_report);
  return TRUE;
}

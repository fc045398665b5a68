// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-backup"

#include "config.h"

#include "yeji-backup-private.h"

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-platform.h"
#include "yeji-sql-private.h"

/* The setting that names the last daily backup. Names tell the time of a clock that may have been
 * put back since, and so not which one was made last. */
#define LAST_SETTING "backup.daily"

#define PART_SUFFIX ".part"

/* One backup of this process at a time: two would take each other's unfinished file for a rest. */
static GMutex making;

typedef struct
{
  YejiBackupKind kind;
} Wish;

/* Rests of attempts that were killed. */
static void
clean_folder (const char *directory,
              gboolean    with_copies)
{
  g_autofree char *folder = yeji_backup_get_folder (directory);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, PART_SUFFIX) || strstr (name, PART_SUFFIX "-") != NULL
        || (with_copies && g_str_has_prefix (name, YEJI_BUNDLE_COPY_PREFIX)))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        yeji_platform_remove (path);
      }
}

static gboolean
rename_part (const char  *part,
             const char  *path,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) local_error = NULL;

  if (yeji_platform_rename (part, path) == 0 && yeji_platform_sync_directory (folder, &local_error))
    return TRUE;
  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FILE, "%s: %s", path,
               local_error != NULL ? local_error->message : "cannot be renamed");
  return FALSE;
}

/* In a folder where nobody may write, SQLite would say no more than that it cannot open a file. */
static char *
make_backup (const char      *directory,
             YejiBackupKind   kind,
             GDateTime       *now,
             GCancellable    *cancellable,
             GError         **error)
{
  g_autofree char *path = yeji_backup_make_path_at (directory, kind, 0, now, error);
  g_autofree char *part = NULL;
  g_autofree char *name = NULL;

  if (path == NULL)
    return NULL;
  clean_folder (directory, FALSE);
  part = g_strconcat (path, PART_SUFFIX, NULL);
  yeji_backup_step ("begun");
  if (!yeji_backup_copy_database (directory, part, cancellable, error))
    return NULL;
  yeji_backup_step ("checked");
  if (!rename_part (part, path, error))
    {
      yeji_platform_remove (part);
      return NULL;
    }
  yeji_backup_step ("renamed");
  name = g_path_get_basename (path);
  yeji_backup_rotate (directory, name, now);
  return g_steal_pointer (&path);
}

/**
 * yeji_backup_clean: (skip)
 *
 * Removes what was being made when the program was killed. To be called while nothing is.
 */
void
yeji_backup_clean (const char *directory)
{
  clean_folder (directory, TRUE);
}

/**
 * yeji_backup_make: (skip)
 * @directory: the profile's, under its lock
 * @now: the moment in UTC
 *
 * As yeji_store_backup(), of a profile that need not be open.
 */
char *
yeji_backup_make (const char      *directory,
                  YejiBackupKind   kind,
                  GDateTime       *now,
                  GCancellable    *cancellable,
                  GError         **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&making);

  return make_backup (directory, kind, now, cancellable, error);
}

/**
 * yeji_store_backup:
 * @kind: daily or manual
 *
 * Copies the database into `PROFILE/backups/` over a connection of its own, reads the copy back
 * (its structure, the number of rows, every record), syncs it, gives it its name, and removes old
 * ones as #YejiBackupKind says. Saves go on meanwhile. Blocks; must not be called on the
 * database's thread.
 *
 * Returns: (transfer full) (nullable): the backup's path; %NULL with a #YejiBackupError or
 * %G_IO_ERROR_CANCELLED, and nothing is left
 */
char *
yeji_store_backup (YejiStore       *store,
                   YejiBackupKind   kind,
                   GCancellable    *cancellable,
                   GError         **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  return yeji_backup_make (yeji_store_get_directory (store), kind, now, cancellable, error);
}

static void
run_backup (GTask        *task,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  const Wish *wish = task_data;
  GError *error = NULL;
  char *path = yeji_store_backup (source_object, wish->kind, cancellable, &error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, error);
}

/**
 * yeji_store_backup_async:
 *
 * As yeji_store_backup(), on a thread of its own. The store must not be closed before it is done.
 */
void
yeji_store_backup_async (YejiStore           *store,
                         YejiBackupKind       kind,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Wish wish = { kind };

  g_return_if_fail (YEJI_IS_STORE (store));

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, yeji_store_backup_async);
  g_task_set_task_data (task, g_memdup2 (&wish, sizeof wish), g_free);
  g_task_run_in_thread (task, run_backup);
}

/**
 * yeji_store_backup_finish:
 *
 * Returns: (transfer full) (nullable): as yeji_store_backup()
 */
char *
yeji_store_backup_finish (YejiStore     *store,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What differs when something of the clerk's or of the province's was committed. Settings do not
 * count: a program that is only opened and closed writes some. */
static const char fingerprint_query[] =
  "SELECT (SELECT user_version FROM pragma_user_version)"
  " || ' ' || (SELECT count(*) || ' ' || ifnull (max(rowid), 0) FROM history)"
  " || ' ' || (SELECT count(*) || ' ' || ifnull (sum(generation), 0)"
  "              || ' ' || ifnull (max(changed_at), '') || ' ' || count(removed_at)"
  "              || ' ' || ifnull (max(removed_at), '') || ' ' || ifnull (max(answered_at), '')"
  "              || ' ' || count(revision) || ' ' || count(refusal) FROM record)"
  " || ' ' || (SELECT count(*) || ' ' || ifnull (max(rowid), 0) || ' ' || count(removed_at)"
  "              || ' ' || count(received_at) || ' ' || count(original) FROM attachment)"
  " || ' ' || (SELECT count(*) || ' ' || ifnull (max(rowid), 0) || ' ' || count(removed_at)"
  "              FROM tray)"
  " || ' ' || (SELECT count(*) || ' ' || ifnull (max(seq), 0) FROM outbox)"
  " || ' ' || (SELECT count(*) FROM point)"
  " || ' ' || (SELECT count(*) || ' ' || ifnull (max(changed_at), '') FROM petition)"
  " || ' ' || ifnull ((SELECT value FROM setting WHERE name = 'vault'), '')";

/* A database without a record has nothing that a backup could bring back: "". */
static char *
make_fingerprint (const char  *path,
                  GError     **error)
{
  g_autoptr (YejiSql) sql = yeji_sql_open_read_only (path, error);
  g_autoptr (YejiRows) rows = NULL;

  if (sql == NULL)
    return NULL;
  rows = yeji_sql_query (sql, error, "SELECT count(*) FROM record", "");
  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  if (yeji_rows_int (rows, 0) == 0)
    return g_strdup ("");
  g_clear_pointer (&rows, yeji_rows_free);
  rows = yeji_sql_query (sql, error, fingerprint_query, "");
  if (rows == NULL || !yeji_rows_next (rows, error))
    return NULL;
  return yeji_rows_dup_text (rows, 0);
}

/* An unreadable or older backup has another fingerprint than anything. */
static gboolean
is_changed_since (YejiBackup  *last,
                  const char  *source,
                  gboolean    *changed,
                  GError     **error)
{
  g_autofree char *present = NULL;
  g_autofree char *then = NULL;
  GError *local_error = NULL;

  present = make_fingerprint (source, &local_error);
  if (present == NULL)
    return yeji_backup_take_db_error (local_error, error);
  *changed = *present != '\0';
  if (*changed && last != NULL)
    {
      then = make_fingerprint (last->path, NULL);
      *changed = g_strcmp0 (present, then) != 0 || !yeji_backup_check (last, NULL);
    }
  return TRUE;
}

/* The one that was made last, or the newest when nobody knows. */
static gboolean
find_last_daily (YejiStore   *store,
                 YejiBackup **last,
                 GError     **error)
{
  const char *directory = yeji_store_get_directory (store);
  g_autoptr (GPtrArray) backups = yeji_backup_list (directory, error);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *name = NULL;
  guint newest = G_MAXUINT;

  if (backups == NULL)
    return FALSE;
  name = yeji_store_get_setting (store, LAST_SETTING, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  for (guint i = 0; i < backups->len; i++)
    {
      const YejiBackup *backup = g_ptr_array_index (backups, i);

      if (backup->kind != YEJI_BACKUP_DAILY)
        continue;
      if (g_strcmp0 (backup->name, name) == 0)
        {
          newest = i;
          break;
        }
      if (newest == G_MAXUINT)
        newest = i;
    }
  *last = newest != G_MAXUINT ? g_ptr_array_steal_index (backups, newest) : NULL;
  return TRUE;
}

/* A clock that was put back behind the last backup says nothing about how old that one is. */
static gboolean
is_of_today (const YejiBackup *backup,
             GDateTime        *now)
{
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 60 * 60);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (now, china);
  g_autofree char *today = g_date_time_format (here, "%Y-%m-%d");
  g_autofree char *day = yeji_backup_get_day (backup);
  g_autoptr (GDateTime) time = yeji_backup_read_time (backup);

  return g_str_equal (day, today) && g_date_time_compare (time, now) <= 0;
}

/**
 * yeji_store_backup_if_due_at: (skip)
 * @now: the moment in UTC
 *
 * As yeji_store_backup_if_due().
 */
gboolean
yeji_store_backup_if_due_at (YejiStore     *store,
                             GDateTime     *now,
                             GCancellable  *cancellable,
                             char         **path,
                             GError       **error)
{
  const char *directory = yeji_store_get_directory (store);
  g_autofree char *source = g_build_filename (directory, "yeji.sqlite", NULL);
  g_autofree char *rest = g_build_filename (directory, YEJI_BACKUP_WORK_FOLDER, NULL);
  g_autoptr (YejiBackup) last = NULL;
  g_autofree char *made = NULL;
  g_autofree char *name = NULL;
  gboolean changed = FALSE;

  if (path != NULL)
    *path = NULL;
  yeji_backup_remove_tree (rest);
  if (!find_last_daily (store, &last, error))
    return FALSE;
  if (last != NULL && is_of_today (last, now))
    return TRUE;
  if (!is_changed_since (last, source, &changed, error))
    return FALSE;
  if (!changed)
    return TRUE;
  made = yeji_backup_make (directory, YEJI_BACKUP_DAILY, now, cancellable, error);
  if (made == NULL)
    return FALSE;
  name = g_path_get_basename (made);
  if (path != NULL)
    *path = g_steal_pointer (&made);
  return yeji_store_set_setting (store, LAST_SETTING, name, error);
}

/**
 * yeji_store_backup_if_due:
 * @path: (out) (optional) (nullable) (transfer full): the backup that was made, %NULL when none
 *     was due
 *
 * Makes the daily backup, as yeji_store_backup(): when the last one is of another day in China, or
 * the clock was put back behind it, and a record, document or answer changed since, or that backup
 * is damaged. A profile without a record gets none. Blocks.
 *
 * Returns: %FALSE with an error when one was due and could not be made
 */
gboolean
yeji_store_backup_if_due (YejiStore     *store,
                          GCancellable  *cancellable,
                          char         **path,
                          GError       **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);

  return yeji_store_backup_if_due_at (store, now, cancellable, path, error);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-backup"

#include "config.h"

#include "yeji-backup-private.h"

#include <glib/gstdio.h>

#include "yeji-platform.h"
#include "yeji-recovery.h"
#include "yeji-session.h"
#include "yeji-sql-copy.h"
#include "yeji-sql-private.h"
#include "yeji-store-private.h"

/* For a database of which SQLite cannot make a copy. */
#define DAMAGED_FOLDER "damaged"

#define DATABASE "yeji.sqlite"

typedef struct
{
  const char *directory;
  char *database;              /* the present one */
  char *work;
  char *copy;                  /* what takes its place */
  YejiDictionary *dictionary;
  YejiStoreKey kind;
  const char *secret;          /* (nullable): given by hand */
  GDateTime *now;
  YejiBackupReport *report;
} Restore;

static void
clear_restore (Restore *self)
{
  g_free (self->database);
  g_free (self->work);
  g_free (self->copy);
  g_date_time_unref (self->now);
  g_clear_pointer (&self->report, yeji_backup_report_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Restore, clear_restore)

static gboolean
fail_file (const char  *path,
           const char  *what,
           GError     **error)
{
  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FILE, "%s: %s", path, what);
  return FALSE;
}

static YejiLock *
lock_profile (const char  *directory,
              GError     **error)
{
  g_autofree char *path = g_build_filename (directory, "lock", NULL);
  g_autofree char *holder = NULL;
  g_autoptr (GError) local_error = NULL;
  YejiLock *lock;

  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      fail_file (directory, "cannot be made", error);
      return NULL;
    }
  lock = yeji_platform_lock (path, &holder, &local_error);
  if (lock != NULL)
    return lock;
  if (holder != NULL)
    g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_LOCKED, "%s is in use by %s", directory,
                 holder);
  else
    fail_file (path, local_error->message, error);
  return NULL;
}

static gboolean
copy_backup (Restore     *self,
             const char  *path,
             GError     **error)
{
  g_autoptr (YejiSql) sql = NULL;
  GError *local_error = NULL;

  sql = yeji_sql_open_read_only (path, &local_error);
  if (sql != NULL && yeji_sql_copy_into (sql, self->copy, NULL, &local_error))
    return TRUE;
  return yeji_backup_take_db_error (local_error, error);
}

/* The keys may have been changed since: those of the profile open what lies in the backup, too, and
 * a backup that was made before there were keys gets them. */
static gboolean
lend_chest (Restore  *self,
            GError  **error)
{
  g_autofree char *chest = g_build_filename (self->directory, YEJI_STORE_CHEST_FILE, NULL);
  g_autofree char *lent = g_build_filename (self->work, YEJI_STORE_CHEST_FILE, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (chest);
  g_autoptr (GFile) target = g_file_new_for_path (lent);
  g_autoptr (GError) local_error = NULL;

  if (g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &local_error)
      || g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  return fail_file (chest, local_error->message, error);
}

/* A backup is of a profile that was open, which is no sign that its program was killed. The tokens
 * that earlier versions kept in it sign nobody in. */
static gboolean
forget_session (Restore  *self,
                GError  **error)
{
  g_autoptr (YejiSql) sql = NULL;
  GError *local_error = NULL;

  sql = yeji_sql_open (self->copy, &local_error);
  if (sql != NULL
      && yeji_session_end (sql, &local_error)
      && yeji_sql_exec (sql, &local_error, "DELETE FROM setting WHERE name IN"
                        " ('account.access', 'account.refresh')", ""))
    return TRUE;
  return yeji_backup_take_db_error (local_error, error);
}

/* Opened as any profile is: migrated, its keys found, its records moved to the present dictionary.
 * Whatever keeps a profile from being opened shows here, while nothing is changed yet. */
static gboolean
open_copy (Restore  *self,
           GError  **error)
{
  g_autofree char *log = g_strconcat (self->copy, "-wal", NULL);
  GError *local_error = NULL;
  YejiStore *store;

  store = self->secret != NULL
          ? yeji_store_open_with_key (self->work, self->dictionary, self->kind, self->secret,
                                      &local_error)
          : yeji_store_open (self->work, self->dictionary, &local_error);
  if (store == NULL)
    return yeji_backup_take_db_error (local_error, error);
  yeji_store_close (store);
  g_object_unref (store);
  if (g_file_test (log, G_FILE_TEST_EXISTS))
    return fail_file (log, "is still there", error);
  return yeji_backup_sync_path (self->copy, error);
}

static gboolean
look_into_copy (Restore  *self,
                GError  **error)
{
  g_autoptr (YejiSql) sql = NULL;
  GError *local_error = NULL;

  sql = yeji_sql_open_read_only (self->copy, &local_error);
  if (sql != NULL && yeji_sql_check (sql, NULL, &local_error)
      && yeji_backup_count_records (sql, &self->report->n_after, &local_error))
    self->report->missing = yeji_backup_find_missing (sql, self->directory, &local_error);
  return self->report->missing != NULL || yeji_backup_take_db_error (local_error, error);
}

static gboolean
prepare_copy (Restore     *self,
              const char  *path,
              GError     **error)
{
  g_autofree char *scratch = g_build_filename (self->work, "scratch", NULL);
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    {
      g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_NOT_FOUND, "%s is not there", path);
      return FALSE;
    }
  /* reading a pipe would wait for ever */
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FORMAT, "%s is no file", path);
      return FALSE;
    }
  yeji_backup_remove_tree (self->work);
  if (g_mkdir_with_parents (scratch, 0700) != 0)
    return fail_file (scratch, "cannot be made", error);
  return yeji_backup_require_room (self->work, 3 * (guint64) status.st_size, error)
         && yeji_backup_require_schema (path, scratch, error)
         && copy_backup (self, path, error)
         && lend_chest (self, error)
         && forget_session (self, error)
         && open_copy (self, error)
         && look_into_copy (self, error);
}

/* Byte by byte, as SQLite can do nothing with it. */
static gboolean
set_damaged_aside (Restore  *self,
                   GError  **error)
{
  static const char * const suffixes[] = { "", "-wal" };
  g_autofree char *stamp = g_date_time_format (self->now, "%Y-%m-%dT%H%M%SZ");
  g_autofree char *folder = g_build_filename (self->directory, DAMAGED_FOLDER, stamp, NULL);
  g_autoptr (GError) local_error = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_file (folder, "cannot be made", error);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (self->database, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (folder, G_DIR_SEPARATOR_S DATABASE, suffixes[i], NULL);
      g_autoptr (GFile) source = g_file_new_for_path (from);
      g_autoptr (GFile) target = g_file_new_for_path (to);

      if (!g_file_test (from, G_FILE_TEST_EXISTS))
        continue;
      if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &local_error))
        return fail_file (from, local_error->message, error);
      if (!yeji_backup_sync_path (to, error))
        return FALSE;
      if (i == 0)
        self->report->kept_as = g_steal_pointer (&to);
    }
  return yeji_platform_sync_directory (folder, &local_error)
         || fail_file (folder, local_error->message, error);
}

/* Everything goes from the log into the file, so that the file alone is the old state: whole, and
 * without the mark of a session whose log one would have to miss. */
static gboolean
settle_log (YejiSql  *sql,
            GError  **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "PRAGMA wal_checkpoint (TRUNCATE)", "");

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  if (yeji_rows_int (rows, 0) == 0)
    return TRUE;
  g_set_error_literal (error, YEJI_DB_ERROR, YEJI_DB_ERROR_FAILED, "another program reads it");
  return FALSE;
}

static gboolean
settle_present (Restore  *self,
                GError  **error)
{
  g_autoptr (YejiSql) sql = NULL;
  GError *local_error = NULL;

  sql = yeji_sql_open (self->database, &local_error);
  if (sql != NULL && yeji_session_end (sql, &local_error) && settle_log (sql, &local_error))
    return TRUE;
  g_prefix_error (&local_error, "%s: ", self->database);
  g_set_error_literal (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FILE, local_error->message);
  g_error_free (local_error);
  return FALSE;
}

static gboolean
count_present (Restore  *self,
               GError  **error)
{
  g_autoptr (YejiSql) sql = yeji_sql_open_read_only (self->database, error);

  return sql != NULL && yeji_sql_check (sql, NULL, error)
         && yeji_backup_count_records (sql, &self->report->n_before, error);
}

/* A file without a byte is what is left of a database that was never written. */
static gboolean
keep_present (Restore  *self,
              GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  GStatBuf status;

  if (g_stat (self->database, &status) != 0 || status.st_size == 0)
    return TRUE;
  if (!count_present (self, &local_error))
    {
      g_message ("%s is set aside: %s", self->database, local_error->message);
      return set_damaged_aside (self, error);
    }
  self->report->kept_as = yeji_backup_make (self->directory, YEJI_BACKUP_BEFORE_RESTORE, self->now,
                                            NULL, error);
  if (self->report->kept_as == NULL)
    return FALSE;
  yeji_backup_step ("kept");
  return settle_present (self, error);
}

/* What is noted beside the database about the one that was replaced. */
static void
forget_present (Restore *self)
{
  g_autofree char *wish = g_build_filename (self->directory, YEJI_RECOVERY_WISH_FILE, NULL);

  yeji_platform_remove (wish);
}

/* A log beside a database that it does not belong to would spoil it: it goes before the other
 * database comes. */
static gboolean
replace_present (Restore  *self,
                 GError  **error)
{
  static const char * const suffixes[] = { "-wal", "-shm" };
  g_autoptr (GError) local_error = NULL;

  yeji_session_forget (self->directory);   /* it would be missed */
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (self->database, suffixes[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS) && yeji_platform_remove (path) != 0)
        return fail_file (path, "cannot be removed", error);
    }
  yeji_backup_step ("settled");
  if (yeji_platform_rename (self->copy, self->database) != 0)
    return fail_file (self->database, "cannot be replaced", error);
  yeji_backup_step ("replaced");
  forget_present (self);
  return yeji_platform_sync_directory (self->directory, &local_error)
         || fail_file (self->directory, local_error->message, error);
}

static gboolean
restore (Restore     *self,
         const char  *path,
         GError     **error)
{
  if (!prepare_copy (self, path, error))
    return FALSE;
  yeji_backup_step ("prepared");
  return keep_present (self, error) && replace_present (self, error);
}

/**
 * yeji_backup_restore:
 * @directory: the profile's; it need not be there
 * @path: a backup, or any database of a profile
 * @dictionary: the program's own
 * @report: (out) (optional): what was done
 *
 * Lets a backup take the place of a profile's database, which must not be open anywhere. The backup
 * is checked, copied, and the copy opened as a profile is, so that one of an older version is
 * migrated and one whose keys are not at hand is refused, before anything changes. The present
 * database is kept as a backup `before-restore-...`, or under `damaged/` when it cannot be read. At
 * any moment the profile has the one or the other. Documents stay as they are. Blocks.
 *
 * Returns: %FALSE with a #YejiBackupError, with %YEJI_STORE_ERROR_LOCKED or what else keeps a
 * profile from being opened; the profile is as it was then
 */
gboolean
yeji_backup_restore (const char        *directory,
                     const char        *path,
                     YejiDictionary    *dictionary,
                     YejiBackupReport **report,
                     GError           **error)
{
  return yeji_backup_restore_with_key (directory, path, dictionary, YEJI_STORE_KEY_ANY, NULL,
                                       report, error);
}

/**
 * yeji_backup_restore_with_key:
 * @kind: what @secret is
 * @secret: (nullable): the passphrase or recovery code of the profile as it is now, %NULL where
 *     its key is on this computer
 *
 * As yeji_backup_restore(), which says %YEJI_STORE_ERROR_SEALED where one is wanted.
 */
gboolean
yeji_backup_restore_with_key (const char        *directory,
                              const char        *path,
                              YejiDictionary    *dictionary,
                              YejiStoreKey       kind,
                              const char        *secret,
                              YejiBackupReport **report,
                              GError           **error)
{
  g_auto (Restore) self = { NULL };
  g_autoptr (YejiLock) lock = NULL;
  gboolean restored;

  g_return_val_if_fail (directory != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (YEJI_IS_DICTIONARY (dictionary), FALSE);

  self.directory = directory;
  self.dictionary = dictionary;
  self.kind = kind;
  self.secret = secret;
  self.now = g_date_time_new_now_utc ();
  self.database = g_build_filename (directory, DATABASE, NULL);
  self.work = g_build_filename (directory, YEJI_BACKUP_WORK_FOLDER, NULL);
  self.copy = g_build_filename (self.work, DATABASE, NULL);
  self.report = g_new0 (YejiBackupReport, 1);
  lock = lock_profile (directory, error);
  if (lock == NULL)
    return FALSE;
  restored = restore (&self, path, error);
  yeji_backup_remove_tree (self.work);
  if (restored && report != NULL)
    *report = g_steal_pointer (&self.report);
  return restored;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-backup"

#include "config.h"

#include "yeji-backup-private.h"

#include <string.h>

#include <glib/gstdio.h>

#include "yeji-platform.h"
#include "yeji-sql-copy.h"
#include "yeji-sql-private.h"
#include "yeji-store-private.h"

#define FOLDER "backups"
#define SUFFIX ".sqlite"
#define STAMP_FORMAT "%Y-%m-%dT%H%M%SZ"
#define STAMP_LENGTH 18
#define N_NAMES 1000

/* By their prefix; a number stands between it and the moment where there is one to be told. */
static const struct
{
  const char *prefix;
  const char *text;
  gboolean numbered;
} kinds[] = {
  [YEJI_BACKUP_DAILY] =          { "daily-",          "daily",          FALSE },
  [YEJI_BACKUP_MANUAL] =         { "manual-",         "manual",         FALSE },
  [YEJI_BACKUP_BEFORE_VERSION] = { "before-version-", "before-version", TRUE },
  [YEJI_BACKUP_BEFORE_RESTORE] = { "before-restore-", "before-restore", FALSE },
};

G_DEFINE_QUARK (yeji-backup-error-quark, yeji_backup_error)

/**
 * yeji_backup_kind_to_text:
 *
 * Returns: a code: daily, manual, before-version, before-restore
 */
const char *
yeji_backup_kind_to_text (YejiBackupKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  return kinds[kind].text;
}

void
yeji_backup_free (YejiBackup *self)
{
  g_free (self->path);
  g_free (self->name);
  g_free (self->at);
  g_free (self);
}

void
yeji_backup_report_free (YejiBackupReport *self)
{
  g_free (self->kept_as);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_free (self);
}

char *
yeji_backup_get_folder (const char *directory)
{
  return g_build_filename (directory, FOLDER, NULL);
}

gboolean
yeji_backup_make_folder (const char  *directory,
                         GError     **error)
{
  g_autofree char *folder = yeji_backup_get_folder (directory);
  g_autoptr (GError) local_error = NULL;

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) == 0
      && yeji_platform_sync_directory (directory, &local_error))
    return TRUE;
  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FILE, "%s: cannot be made", folder);
  return FALSE;
}

static char *
make_name (YejiBackupKind  kind,
           guint           version,
           GDateTime      *now,
           guint           number)
{
  g_autofree char *stamp = g_date_time_format (now, STAMP_FORMAT);
  GString *name = g_string_new (kinds[kind].prefix);

  if (kinds[kind].numbered)
    g_string_append_printf (name, "%u-", version);
  g_string_append (name, stamp);
  if (number > 1)
    g_string_append_printf (name, "-%u", number);
  g_string_append (name, SUFFIX);
  return g_string_free (name, FALSE);
}

/**
 * yeji_backup_make_path_at: (skip)
 * @now: the moment in UTC
 *
 * As yeji_backup_make_path().
 */
char *
yeji_backup_make_path_at (const char      *directory,
                          YejiBackupKind   kind,
                          guint            version,
                          GDateTime       *now,
                          GError         **error)
{
  g_autofree char *folder = yeji_backup_get_folder (directory);

  if (!yeji_backup_make_folder (directory, error))
    return NULL;
  for (guint number = 1; number < N_NAMES; number++)
    {
      g_autofree char *name = make_name (kind, version, now, number);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_EXISTS, "%s: no name is free", folder);
  return NULL;
}

/**
 * yeji_backup_make_path:
 * @directory: the profile's
 * @version: of the schema, for %YEJI_BACKUP_BEFORE_VERSION
 *
 * Finds a name for a backup that somebody else makes, and makes the folder. Of its kind the oldest
 * are removed, so that attempts that fail again and again do not fill the disk.
 *
 * Returns: (transfer full) (nullable): the path, at which nothing is
 */
char *
yeji_backup_make_path (const char      *directory,
                       YejiBackupKind   kind,
                       guint            version,
                       GError         **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  g_return_val_if_fail (directory != NULL, NULL);
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  yeji_backup_rotate (directory, NULL, now);
  return yeji_backup_make_path_at (directory, kind, version, now, error);
}

/* 2026-11-22T094500Z to 2026-11-22T09:45:00Z; NULL when it is none. */
static char *
read_stamp (const char *stamp)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;

  if (strlen (stamp) < STAMP_LENGTH)
    return NULL;
  text = g_strdup_printf ("%.13s:%.2s:%.2sZ", stamp, stamp + 13, stamp + 15);
  time = g_date_time_new_from_iso8601 (text, NULL);
  return time != NULL && stamp[17] == 'Z' ? g_steal_pointer (&text) : NULL;
}

static gboolean
read_name (const char      *name,
           YejiBackupKind  *kind,
           char           **at)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const char *rest = name + strlen (kinds[i].prefix);

      if (!g_str_has_prefix (name, kinds[i].prefix))
        continue;
      if (kinds[i].numbered)
        {
          while (g_ascii_isdigit (*rest))
            rest++;
          if (*rest++ != '-')
            return FALSE;
        }
      *kind = (YejiBackupKind) i;
      *at = read_stamp (rest);
      return *at != NULL;
    }
  return FALSE;
}

/**
 * yeji_backup_new_for_path: (skip)
 *
 * Returns: (transfer full) (nullable): the backup; %NULL when its name is none of ours or it is not
 * there
 */
YejiBackup *
yeji_backup_new_for_path (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *at = NULL;
  YejiBackupKind kind;
  YejiBackup *self;
  GStatBuf status;

  if (!g_str_has_suffix (name, SUFFIX) || !read_name (name, &kind, &at)
      || g_stat (path, &status) != 0)
    return NULL;
  self = g_new0 (YejiBackup, 1);
  self->path = g_strdup (path);
  self->name = g_steal_pointer (&name);
  self->kind = kind;
  self->at = g_steal_pointer (&at);
  self->size = status.st_size;
  return self;
}

/* The newest first. Within a second the longer name is the later one: -2, -10. */
static int
compare_backups (gconstpointer first,
                 gconstpointer second)
{
  const YejiBackup *a = *(const YejiBackup * const *) first;
  const YejiBackup *b = *(const YejiBackup * const *) second;
  int order = strcmp (b->at, a->at);

  if (order == 0)
    order = (int) strlen (b->name) - (int) strlen (a->name);
  return order != 0 ? order : strcmp (b->name, a->name);
}

/**
 * yeji_backup_list:
 * @directory: the profile's
 *
 * Lists the backups without opening them.
 *
 * Returns: (transfer full) (nullable) (element-type YejiBackup): the newest first, empty when there
 * are none; %NULL with %YEJI_BACKUP_ERROR_FILE when the folder cannot be read
 */
GPtrArray *
yeji_backup_list (const char  *directory,
                  GError     **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (directory != NULL, NULL);

  folder = yeji_backup_get_folder (directory);
  backups = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_backup_free);
  dir = g_dir_open (folder, 0, &local_error);
  if (dir == NULL && !g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error_literal (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FILE,
                           local_error->message);
      return NULL;
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      YejiBackup *backup = yeji_backup_new_for_path (path);

      if (backup != NULL)
        g_ptr_array_add (backups, backup);
    }
  g_ptr_array_sort (backups, compare_backups);
  return g_steal_pointer (&backups);
}

/**
 * yeji_backup_count_records: (skip)
 *
 * Counts the records outside the bin.
 */
gboolean
yeji_backup_count_records (YejiSql  *sql,
                           guint    *n_records,
                           GError  **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error, "SELECT count(*) FROM record WHERE removed_at IS NULL", "");
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *n_records = (guint) yeji_rows_int (rows, 0);
  return TRUE;
}

static gboolean
check_file (YejiBackup  *self,
            GError     **error)
{
  g_autoptr (YejiSql) sql = yeji_sql_open_read_only (self->path, error);

  return sql != NULL
         && yeji_sql_check (sql, NULL, error)
         && yeji_sql_read_version (sql, &self->version, error)
         && yeji_backup_count_records (sql, &self->n_records, error);
}

/**
 * yeji_backup_check:
 *
 * Reads the whole backup, and says of what version it is and how many records it has.
 *
 * Returns: %FALSE with %YEJI_BACKUP_ERROR_FORMAT when it is damaged, or %YEJI_BACKUP_ERROR_FILE
 */
gboolean
yeji_backup_check (YejiBackup  *self,
                   GError     **error)
{
  GError *local_error = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  return check_file (self, &local_error) || yeji_backup_take_db_error (local_error, error);
}

/**
 * yeji_backup_find_good:
 * @directory: the profile's
 *
 * Finds the newest backup that is sound and of a version that this program knows: what a damaged
 * database is filled from. A state that the clerk turned away from by restoring another one is
 * taken only when there is nothing else.
 *
 * Returns: (transfer full) (nullable): the backup, checked; %NULL with
 * %YEJI_BACKUP_ERROR_NOT_FOUND when there is none
 */
YejiBackup *
yeji_backup_find_good (const char  *directory,
                       GError     **error)
{
  g_autoptr (GPtrArray) backups = yeji_backup_list (directory, error);

  if (backups == NULL)
    return NULL;
  for (guint before_restore = 0; before_restore < 2; before_restore++)
    for (guint i = 0; i < backups->len; i++)
      {
        YejiBackup *backup = g_ptr_array_index (backups, i);
        g_autoptr (GError) local_error = NULL;

        if ((backup->kind == YEJI_BACKUP_BEFORE_RESTORE) != before_restore)
          continue;
        if (!yeji_backup_check (backup, &local_error))
          g_message ("%s is no good backup: %s", backup->path, local_error->message);
        else if (backup->version > 0 && backup->version <= yeji_store_n_migrations)
          return g_ptr_array_steal_index (backups, i);
      }
  g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_NOT_FOUND, "%s has no good backup",
               directory);
  return NULL;
}

/* What proves applications; copies of earlier versions have none. */
static gboolean
collect_evidence (YejiSql     *sql,
                  GHashTable  *sums,
                  GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) tables = NULL;
  g_autoptr (YejiRows) rows = NULL;

  tables = yeji_sql_query (sql, error,
                           "SELECT 1 FROM sqlite_schema WHERE name = 'petition_file'", "");
  if (tables == NULL)
    return FALSE;
  if (!yeji_rows_next (tables, &local_error))
    {
      if (local_error == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  rows = yeji_sql_query (sql, error, "SELECT sha256 FROM petition_file", "");
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_hash_table_add (sums, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
collect (const char  *path,
         GHashTable  *sums,
         GError     **error)
{
  g_autoptr (YejiSql) sql = yeji_sql_open_read_only (path, error);
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean has_tray;

  if (sql == NULL || !yeji_backup_has_tray (sql, &has_tray, error))
    return FALSE;
  rows = yeji_sql_query (sql, error,
                         has_tray ? YEJI_CONTENTS_SQL : "SELECT DISTINCT sha256 FROM attachment",
                         "");
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    if (!yeji_rows_is_null (rows, 0))
      g_hash_table_add (sums, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return collect_evidence (sql, sums, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_backup_collect_documents:
 * @directory: the profile's
 *
 * Collects the documents that backups name: who removes them takes from those backups what they
 * are to bring back.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): a set of SHA-256; %NULL with a
 * #YejiBackupError when a backup cannot be read, so that nobody knows
 */
GHashTable *
yeji_backup_collect_documents (const char  *directory,
                               GError     **error)
{
  g_autoptr (GPtrArray) backups = yeji_backup_list (directory, error);
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (backups == NULL)
    return NULL;
  for (guint i = 0; i < backups->len; i++)
    {
      const YejiBackup *backup = g_ptr_array_index (backups, i);
      GError *local_error = NULL;

      if (!collect (backup->path, sums, &local_error))
        {
          yeji_backup_take_db_error (local_error, error);
          return NULL;
        }
    }
  return g_steal_pointer (&sums);
}

/**
 * yeji_backup_read_time: (skip)
 *
 * Returns: (transfer full): the moment at which it was made, in China
 */
GDateTime *
yeji_backup_read_time (const YejiBackup *self)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (self->at, NULL);
  g_autoptr (GTimeZone) china = g_time_zone_new_offset (8 * 60 * 60);

  return g_date_time_to_timezone (time, china);
}

/**
 * yeji_backup_get_day: (skip)
 *
 * Returns: (transfer full): the day in China on which it was made, as yeji_clock_today()
 */
char *
yeji_backup_get_day (const YejiBackup *self)
{
  g_autoptr (GDateTime) time = yeji_backup_read_time (self);

  return g_date_time_format (time, "%Y-%m-%d");
}

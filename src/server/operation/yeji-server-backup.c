// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* A backup is a copy of the database and, in a folder beside it, the documents that it names and
 * the province's own settings and keys. Documents never change and go at a server's start alone, so
 * those that the copy names are there when they are copied after it. */

#define G_LOG_DOMAIN "yeji-server"

#include "config.h"

#include "yeji-server-backup.h"

#include <fcntl.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "yeji-clock.h"
#include "yeji-epoch.h"
#include "yeji-platform.h"
#include "yeji-province-settings.h"
#include "yeji-server-schema.h"
#include "yeji-sql-copy.h"
#include "yeji-sql-private.h"
#include "yeji-upload.h"

#define DATABASE "province.db"
#define DOCUMENTS "files"
#define SETTINGS "settings"
/* What was replaced is called so, with the moment behind it. */
#define ASIDE "before-restore-"

/* What of the directory is neither a setting nor a key: it is copied otherwise, or not at all. */
static const char * const own_names[] = {
  DATABASE, DATABASE "-wal", DATABASE "-shm", DATABASE "-journal", "server.lock", "push.lock",
  "witness.json", "files", "parts", "thumbnails", NULL
};

static gboolean
fail (GError     **error,
      const char  *path,
      const char  *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", path, what);
  return FALSE;
}

static gboolean
make_dir (const char  *path,
          GError     **error)
{
  return g_mkdir_with_parents (path, 0700) == 0 || fail (error, path, "cannot be made");
}

static gboolean
sync_file (const char  *path,
           GError     **error)
{
  int fd = g_open (path, O_RDWR, 0);
  gboolean synced;

  if (fd < 0)
    return fail (error, path, "is gone");
  synced = yeji_platform_sync_file (fd, error);
  g_close (fd, NULL);
  return synced;
}

static gboolean
copy_file (const char  *from,
           const char  *to,
           GError     **error)
{
  g_autofree char *part = g_strconcat (to, ".part", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) copy = g_file_new_for_path (part);

  if (!g_file_copy (source, copy, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error)
      || !sync_file (part, error))
    return FALSE;
  return g_rename (part, to) == 0 || fail (error, to, "cannot be written");
}

static GPtrArray *
list_documents (YejiSql  *sql,
                GError  **error)
{
  g_autoptr (GPtrArray) sums = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT DISTINCT sha256 FROM file WHERE complete = 1 ORDER BY sha256", "");
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (sums, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return g_steal_pointer (&sums);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
copy_documents (GPtrArray   *sums,
                const char  *from_dir,
                const char  *to_dir,
                GError     **error)
{
  if (!make_dir (to_dir, error) || !yeji_upload_make_groups (to_dir, error))
    return FALSE;
  for (guint i = 0; i < sums->len; i++)
    {
      const char *sum = g_ptr_array_index (sums, i);
      g_autofree char *from = yeji_upload_get_content_path (from_dir, sum);
      g_autofree char *to = yeji_upload_get_content_path (to_dir, sum);

      if (!g_file_test (to, G_FILE_TEST_EXISTS) && !copy_file (from, to, error))
        return FALSE;
    }
  return TRUE;
}

/* What is there already stays as it is. */
static gboolean
copy_settings (const char         *from_dir,
               const char         *to_dir,
               const char * const *left_out,
               GError            **error)
{
  g_autoptr (GDir) dir = g_dir_open (from_dir, 0, NULL);
  const char *name;

  if (dir == NULL)
    return TRUE;
  if (!make_dir (to_dir, error))
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *from = g_build_filename (from_dir, name, NULL);
      g_autofree char *to = g_build_filename (to_dir, name, NULL);

      if ((left_out != NULL && g_strv_contains (left_out, name))
          || g_str_has_prefix (name, ASIDE))
        continue;
      if (g_file_test (from, G_FILE_TEST_IS_DIR))
        {
          if (!copy_settings (from, to, NULL, error))
            return FALSE;
        }
      else if (g_file_test (from, G_FILE_TEST_IS_REGULAR)
               && !g_file_test (to, G_FILE_TEST_EXISTS) && !copy_file (from, to, error))
        return FALSE;
    }
  return TRUE;
}

/* Settings that are elsewhere are as much part of the province. */
static gboolean
copy_chosen (const char  *to_dir,
             GError     **error)
{
  const char *chosen = yeji_province_settings_get_path ();
  g_autofree char *to = g_build_filename (to_dir, YEJI_SETTINGS_FILE, NULL);

  return chosen == NULL || g_file_test (to, G_FILE_TEST_EXISTS) || copy_file (chosen, to, error);
}

static gboolean
is_inside (const char *path,
           const char *dir)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_new_for_path (dir);

  return g_file_has_prefix (file, folder);
}

/**
 * yeji_server_backup_make:
 * @path: of the copy; a file that is there is left as it is
 * @n_documents: (out): how many documents belong to it
 *
 * Copies a province as it is at one moment, whether a server runs on it or not. Blocks.
 */
gboolean
yeji_server_backup_make (const char  *data_dir,
                         const char  *path,
                         guint       *n_documents,
                         GError     **error)
{
  g_autofree char *database = g_build_filename (data_dir, DATABASE, NULL);
  g_autofree char *content = g_build_filename (data_dir, DOCUMENTS, NULL);
  g_autofree char *files = g_strconcat (path, YEJI_SERVER_BACKUP_FILES, NULL);
  g_autofree char *documents = g_build_filename (files, DOCUMENTS, NULL);
  g_autofree char *settings = g_build_filename (files, SETTINGS, NULL);
  g_autoptr (YejiSql) sql = NULL;
  g_autoptr (YejiSql) copy = NULL;
  g_autoptr (GPtrArray) sums = NULL;

  if (!g_file_test (database, G_FILE_TEST_IS_REGULAR))
    return fail (error, database, "there is no province");
  if (is_inside (path, data_dir))
    return fail (error, path, "a backup belongs outside of what it is of");
  sql = yeji_sql_open_read_only (database, error);
  if (sql == NULL || !yeji_sql_copy_into (sql, path, NULL, error))
    return FALSE;
  copy = yeji_sql_open_read_only (path, error);
  sums = copy != NULL && yeji_sql_check (copy, NULL, error) ? list_documents (copy, error) : NULL;
  if (sums == NULL || !copy_documents (sums, content, documents, error)
      || !copy_settings (data_dir, settings, own_names, error)
      || !copy_chosen (settings, error))
    {
      g_remove (path);
      return FALSE;
    }
  *n_documents = sums->len;
  return TRUE;
}

typedef struct
{
  char *name;                  /* of the backup */
  gint64 floor;                /* of the epoch that it replaces */
} Adoption;

/* A copy under another name that can be opened and belongs to this program's versions; its
 * unfinished uploads are gone with what they wrote. */
static gboolean
run_adopt (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  Adoption *adoption = data;

  return yeji_sql_exec (sql, error, "DELETE FROM file WHERE complete = 0", "")
         && yeji_epoch_renew (sql, "province.restored", adoption->name, adoption->floor, error);
}

static gboolean
adopt (const char  *database,
       const char  *path,
       gint64       floor,
       GError     **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (YejiDb) db = yeji_server_schema_open_file (database, error);
  Adoption adoption = { name, floor };
  gboolean done;

  if (db == NULL)
    return FALSE;
  done = yeji_db_run (db, run_adopt, &adoption, error);
  yeji_db_close (db);
  return done;
}

static gboolean
check_backup (const char  *path,
              GPtrArray  **sums,
              GError     **error)
{
  g_autoptr (YejiSql) sql = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return fail (error, path, "there is no backup");
  sql = yeji_sql_open_read_only (path, error);
  if (sql == NULL || !yeji_sql_check (sql, NULL, error))
    return FALSE;
  *sums = list_documents (sql, error);
  return *sums != NULL;
}

/* Each document must be in the backup or in the province, or records would name what is nowhere. */
static gboolean
bring_documents (GPtrArray   *sums,
                 const char  *from_dir,
                 const char  *to_dir,
                 GError     **error)
{
  guint n_missing = 0;

  if (!make_dir (to_dir, error) || !yeji_upload_make_groups (to_dir, error))
    return FALSE;
  for (guint i = 0; i < sums->len; i++)
    {
      const char *sum = g_ptr_array_index (sums, i);
      g_autofree char *from = yeji_upload_get_content_path (from_dir, sum);
      g_autofree char *to = yeji_upload_get_content_path (to_dir, sum);

      if (g_file_test (to, G_FILE_TEST_EXISTS))
        continue;
      if (!g_file_test (from, G_FILE_TEST_EXISTS))
        n_missing++;
      else if (!copy_file (from, to, error))
        return FALSE;
    }
  if (n_missing == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               "%u documents of the backup are neither in %s nor in %s", n_missing, from_dir,
               to_dir);
  return FALSE;
}

/* What is replaced is kept, as a whole: with what was not yet in its main file. */
static gboolean
put_aside (const char  *database,
           const char  *aside,
           GError     **error)
{
  static const char * const ends[] = { "", "-wal", "-shm" };
  g_autoptr (YejiSql) sql = NULL;

  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    return TRUE;
  sql = yeji_sql_open_read_only (database, NULL);
  if (sql != NULL && yeji_sql_copy_into (sql, aside, NULL, NULL))
    return TRUE;
  /* it cannot be read: its files as they are */
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *from = g_strconcat (database, ends[i], NULL);
      g_autofree char *to = g_strconcat (aside, ends[i], NULL);

      if (g_file_test (from, G_FILE_TEST_EXISTS) && !copy_file (from, to, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
replace_database (const char  *restored,
                  const char  *database,
                  GError     **error)
{
  g_autofree char *log = g_strconcat (database, "-wal", NULL);
  g_autofree char *index = g_strconcat (database, "-shm", NULL);
  g_autofree char *own_log = g_strconcat (restored, "-wal", NULL);
  g_autofree char *own_index = g_strconcat (restored, "-shm", NULL);

  /* closing it brought everything into the file */
  g_remove (own_log);
  g_remove (own_index);
  g_remove (log);
  g_remove (index);
  return g_rename (restored, database) == 0 || fail (error, database, "cannot be replaced");
}

static gboolean
restore (const char  *data_dir,
         const char  *path,
         const char  *aside,
         GError     **error)
{
  g_autofree char *database = g_build_filename (data_dir, DATABASE, NULL);
  g_autofree char *restored = g_strconcat (database, ".restored", NULL);
  g_autofree char *content = g_build_filename (data_dir, DOCUMENTS, NULL);
  g_autofree char *witness = g_build_filename (data_dir, "witness.json", NULL);
  g_autofree char *files = g_strconcat (path, YEJI_SERVER_BACKUP_FILES, NULL);
  g_autofree char *documents = g_build_filename (files, DOCUMENTS, NULL);
  g_autofree char *settings = g_build_filename (files, SETTINGS, NULL);
  g_autoptr (GPtrArray) sums = NULL;

  if (!check_backup (path, &sums, error) || !bring_documents (sums, documents, content, error)
      || !copy_settings (settings, data_dir, own_names, error))
    return FALSE;
  g_remove (restored);
  if (!copy_file (path, restored, error)
      || !adopt (restored, path, yeji_witness_read_floor (data_dir), error)
      || !put_aside (database, aside, error) || !replace_database (restored, database, error))
    return FALSE;
  g_remove (witness);          /* it is of the one that was replaced, and the epoch is new anyhow */
  return yeji_platform_sync_directory (data_dir, error);
}

/**
 * yeji_server_backup_restore:
 * @aside: (out): where what was there until now is kept; it may be that nothing was
 *
 * Puts a backup in the place of a province on which no server runs, under a new epoch: clients see
 * that they know more, and send what is missing again. Blocks.
 */
gboolean
yeji_server_backup_restore (const char  *data_dir,
                            const char  *path,
                            char       **aside,
                            GError     **error)
{
  g_autofree char *lock_path = g_build_filename (data_dir, "server.lock", NULL);
  g_autofree char *now = yeji_clock_now ();
  g_autofree char *name = NULL;
  g_autofree char *holder = NULL;
  g_autoptr (YejiLock) lock = NULL;

  if (!make_dir (data_dir, error))
    return FALSE;
  lock = yeji_platform_lock (lock_path, &holder, error);
  if (lock == NULL)
    {
      g_prefix_error (error, "end the server first: ");
      return FALSE;
    }
  name = g_strconcat (ASIDE, g_strdelimit (now, ":", '-'), ".db", NULL);
  *aside = g_build_filename (data_dir, name, NULL);
  return restore (data_dir, path, *aside, error);
}

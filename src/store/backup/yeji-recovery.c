// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-recovery"

#include "config.h"

#include "yeji-recovery.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include <glib/gstdio.h>

#include "yeji-backup.h"
#include "yeji-clock.h"
#include "yeji-directory.h"
#include "yeji-json.h"
#include "yeji-notice.h"
#include "yeji-page-rows.h"
#include "yeji-platform.h"
#include "yeji-sql-copy.h"
#include "yeji-sql-private.h"
#include "yeji-salvage.h"
#include "yeji-session.h"
#include "yeji-store-index.h"
#include "yeji-store-private.h"

/* Before a profile's database is opened, under its lock. One whose content is known to be damaged,
 * because SQLite or its check says so, or because it is gone, is set aside in `damaged/DATE/`. What
 * the disk does not give is not damage: that is an error, and nothing is changed. The steps leave
 * each a state that the next opening goes on from:
 *
 * 1. `damaged/DATE/recovering.sqlite` is made; the damaged file is only read. Killed here, it is
 *    begun anew.
 * 2. It is renamed to `recovered.sqlite`: whole and on the disk. From here on it is gone on with.
 * 3. The damaged files are renamed into the folder, the database last.
 * 4. `recovered.sqlite` is renamed to be the profile's database.
 *
 * Trouble with the log alone never sets the database aside. One that is broken is copied into such
 * a folder before SQLite takes from it what it can, one of another database is moved there. The
 * folder's report comes first: a folder without a log is gone on with. */

#define DATABASE "yeji.sqlite"
#define UNFINISHED "recovering.sqlite"
#define FINISHED "recovered.sqlite"
#define REPORT "report.json"
#define TOLD "told"
#define LOG DATABASE "-wal"
#define PART_SUFFIX ".part"
#define CHUNK_SIZE (256 * 1024)

/* The database itself goes last: as long as it is there, nothing has taken its place. */
static const char *const suffixes[] = { "-journal", "-shm", "-wal", "", NULL };

static YejiRecoveryStepFunc step_func;
static gpointer step_data;

static void
reach (const char *directory,
       const char *step)
{
  if (step_func != NULL)
    step_func (directory, step, step_data);
}

static gboolean
exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
fail (GError     **error,
      const char  *what,
      const char  *path)
{
  g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, "%s: cannot be %s", path, what);
  return FALSE;
}

/* What cannot be looked at is not taken for something that is not there. */
static gboolean
measure (const char  *path,
         gint64      *size,
         GError     **error)
{
  GStatBuf status;

  *size = 0;
  if (g_stat (path, &status) != 0)
    return errno == ENOENT || fail (error, "looked at", path);
  *size = (gint64) status.st_size;
  return TRUE;
}

static gboolean
sync_directory (const char  *path,
                GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  if (yeji_platform_sync_directory (path, &local_error))
    return TRUE;
  g_set_error_literal (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, local_error->message);
  return FALSE;
}

static gboolean
sync_file (const char  *path,
           GError     **error)
{
  int fd = g_open (path, O_RDWR, 0);
  gboolean synced = fd >= 0 && yeji_platform_sync_file (fd, NULL);

  if (fd >= 0)
    g_close (fd, NULL);
  return synced || fail (error, "synced", path);
}

/* A name in @folder that is free: what lies there is never overwritten. */
static char *
make_free_path (const char *folder,
                const char *name)
{
  char *path = g_build_filename (folder, name, NULL);

  for (guint i = 2; exists (path); i++)
    {
      g_autofree char *numbered = g_strdup_printf ("%s.%u", name, i);

      g_free (path);
      path = g_build_filename (folder, numbered, NULL);
    }
  return path;
}

/* Before the log goes away, which would be missed otherwise. */
static gboolean
forget_session (const char  *directory,
                GError     **error)
{
  yeji_session_forget (directory);
  return sync_directory (directory, error);
}

static gboolean
set_aside (const char  *directory,
           const char  *folder,
           GError     **error)
{
  if (!forget_session (directory, error))
    return FALSE;
  for (guint i = 0; suffixes[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat (DATABASE, suffixes[i], NULL);
      g_autofree char *from = g_build_filename (directory, name, NULL);
      g_autofree char *to = make_free_path (folder, name);

      reach (directory, name);
      if (exists (from) && yeji_platform_rename (from, to) != 0)
        return fail (error, "set aside", from);
    }
  return sync_directory (folder, error) && sync_directory (directory, error);
}

/* From the second step on. */
static gboolean
finish (const char  *directory,
        const char  *folder,
        GError     **error)
{
  g_autofree char *finished = g_build_filename (folder, FINISHED, NULL);
  g_autofree char *database = g_build_filename (directory, DATABASE, NULL);
  g_autofree char *wish = g_build_filename (directory, YEJI_RECOVERY_WISH_FILE, NULL);

  if (!set_aside (directory, folder, error))
    return FALSE;
  reach (directory, "aside");
  if (yeji_platform_rename (finished, database) != 0)
    return fail (error, "put in its place", finished);
  reach (directory, "in-place");
  yeji_platform_remove (wish);
  return sync_directory (directory, error);
}

/* Both stay when anything else is there. */
static void
remove_if_empty (const char *folder)
{
  g_autofree char *damaged = g_path_get_dirname (folder);

  if (g_rmdir (folder) == 0)
    g_rmdir (damaged);
}

/* What a kill left unfinished of a new database, which is made anew. */
static void
clean_folder (const char *folder)
{
  g_autofree char *report = g_build_filename (folder, REPORT, NULL);

  for (guint i = 0; suffixes[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat (UNFINISHED, suffixes[i], NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      yeji_platform_remove (path);
    }
  yeji_platform_remove (report);
  remove_if_empty (folder);
}

static GStrv
list_folders (const char *directory)
{
  g_autofree char *damaged = g_build_filename (directory, YEJI_DAMAGED_FOLDER, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GDir) dir = g_dir_open (damaged, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (damaged, name, NULL);

      g_strv_builder_add (builder, folder);
    }
  return g_strv_builder_end (builder);
}

static gboolean
go_on (const char  *directory,
       GError     **error)
{
  g_auto (GStrv) folders = list_folders (directory);
  g_autofree char *damaged = g_build_filename (directory, YEJI_DAMAGED_FOLDER, NULL);

  g_rmdir (damaged);   /* stays when anything is there */
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *finished = g_build_filename (folders[i], FINISHED, NULL);
      g_autofree char *unfinished = g_build_filename (folders[i], UNFINISHED, NULL);

      if (exists (finished) && !finish (directory, folders[i], error))
        return FALSE;
      if (exists (unfinished))
        clean_folder (folders[i]);
      remove_if_empty (folders[i]);
    }
  return TRUE;
}

static char *
make_folder (const char  *directory,
             GError     **error)
{
  g_autofree char *damaged = g_build_filename (directory, YEJI_DAMAGED_FOLDER, NULL);
  g_autofree char *now = yeji_clock_now ();
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (now, NULL);
  g_autofree char *name = g_date_time_format (moment, "%Y-%m-%dT%H%M%SZ");
  g_autofree char *folder = make_free_path (damaged, name);
  g_autoptr (GError) local_error = NULL;

  if (yeji_directory_make (folder, &local_error))
    return g_steal_pointer (&folder);
  g_rmdir (damaged);
  g_set_error_literal (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, local_error->message);
  return NULL;
}

static char *
name_folder (const char *folder)
{
  g_autofree char *name = g_path_get_basename (folder);

  return g_strconcat (YEJI_DAMAGED_FOLDER, "/", name, NULL);
}

static gboolean
write_report (const char  *folder,
              JsonObject  *report,
              GError     **error)
{
  g_autofree char *path = g_build_filename (folder, REPORT, NULL);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  g_autoptr (GError) local_error = NULL;

  json_node_set_object (node, report);
  text = yeji_json_print (node, TRUE);
  if (g_file_set_contents (path, text, -1, &local_error))
    return TRUE;
  g_set_error_literal (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, local_error->message);
  return FALSE;
}

/* The first two steps. */
static gboolean
make_new (const char  *directory,
          const char  *folder,
          const char  *reason,
          GError     **error)
{
  g_autofree char *database = g_build_filename (directory, DATABASE, NULL);
  g_autofree char *unfinished = g_build_filename (folder, UNFINISHED, NULL);
  g_autofree char *finished = g_build_filename (folder, FINISHED, NULL);
  g_autoptr (YejiBackup) backup = yeji_backup_find_good (directory, NULL);
  g_autoptr (YejiSalvageReport) report = yeji_salvage_report_new ();
  g_autoptr (JsonObject) details = NULL;

  reach (directory, "begin");
  report->reason = g_strdup (reason);
  report->folder = name_folder (folder);
  if (!yeji_salvage (database, backup != NULL ? backup->path : NULL, unfinished, report, error))
    return FALSE;
  reach (directory, "made");
  details = yeji_salvage_report_to_json (report);
  if (!write_report (folder, details, error) || !sync_file (unfinished, error))
    return FALSE;
  reach (directory, "reported");
  if (yeji_platform_rename (unfinished, finished) != 0)
    return fail (error, "renamed", unfinished);
  reach (directory, "finished");
  return sync_directory (folder, error);
}

/**
 * yeji_recovery_run: (skip)
 * @directory: the profile's, locked and closed
 * @reason: as in #YejiSalvageReport
 *
 * Sets the database aside and puts another one in its place, made of what can be read of it and
 * of the newest good backup. Blocks.
 *
 * Returns: %FALSE when that is not possible, with the profile as it was: %YEJI_DB_ERROR_DAMAGED
 * where nothing can be read and there is no backup, or what the disk said
 */
gboolean
yeji_recovery_run (const char  *directory,
                   const char  *reason,
                   GError     **error)
{
  g_autofree char *folder = make_folder (directory, error);

  if (folder == NULL)
    return FALSE;
  g_info ("%s: the database is recovered (%s)", directory, reason);
  if (!make_new (directory, folder, reason, error))
    {
      clean_folder (folder);
      return FALSE;
    }
  return finish (directory, folder, error);
}

/**
 * yeji_recovery_wish: (skip)
 * @why: for people who look into the folder
 *
 * Lets the next opening look whether the database is damaged, and recover it then.
 */
gboolean
yeji_recovery_wish (const char  *directory,
                    const char  *why,
                    GError     **error)
{
  g_autofree char *path = g_build_filename (directory, YEJI_RECOVERY_WISH_FILE, NULL);

  return g_file_set_contents (path, why, -1, error);
}

static gboolean
open_folder (const char  *path,
             GDir       **dir,
             GError     **error)
{
  g_autoptr (GError) local_error = NULL;

  *dir = g_dir_open (path, 0, &local_error);
  if (*dir != NULL || g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;
  return fail (error, "looked into", path);
}

static gboolean
find_documents (const char  *directory,
                gboolean    *found,
                GError     **error)
{
  g_autofree char *files = g_build_filename (directory, "files", NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  *found = FALSE;
  if (!open_folder (files, &dir, error))
    return FALSE;
  while (!*found && dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *shelf = g_build_filename (files, name, NULL);
      g_autoptr (GDir) inner = NULL;

      if (g_file_test (shelf, G_FILE_TEST_IS_DIR) && !open_folder (shelf, &inner, error))
        return FALSE;
      *found = inner != NULL && g_dir_read_name (inner) != NULL;
    }
  return TRUE;
}

static gboolean
find_backups (const char  *directory,
              gboolean    *found,
              GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) backups = yeji_backup_list (directory, &local_error);

  if (backups == NULL)
    {
      g_set_error_literal (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, local_error->message);
      return FALSE;
    }
  *found = backups->len > 0;
  return TRUE;
}

/* One setting, read without SQLite, which would take a foreign log for the file's own. */
typedef struct
{
  const char *name;
  char *value;
  guint32 root;
} Setting;

static void
look_for_root (const YejiPageRow *row,
               gpointer           data)
{
  Setting *setting = data;

  if (row->whole && row->n_values == 5 && row->values[1].length == strlen ("setting")
      && memcmp (row->values[1].bytes, "setting", strlen ("setting")) == 0
      && row->values[3].kind == YEJI_SQL_INTEGER && row->values[3].integer > 0)
    setting->root = (guint32) row->values[3].integer;
}

static void
look_for_setting (const YejiPageRow *row,
                  gpointer           data)
{
  Setting *setting = data;
  gsize length = strlen (setting->name);

  if (row->whole && row->n_values == 2 && row->values[1].kind == YEJI_SQL_TEXT
      && row->values[0].kind == YEJI_SQL_TEXT && row->values[0].length == length
      && memcmp (row->values[0].bytes, setting->name, length) == 0)
    {
      g_free (setting->value);
      setting->value = g_strndup (row->values[1].bytes, row->values[1].length);
    }
}

static char *
read_setting (YejiPages  *pages,
              const char *name)
{
  g_autoptr (YejiPageMarks) marks = yeji_page_marks_new (pages);
  Setting setting = { name };

  yeji_page_rows_walk (pages, marks, 1, look_for_root, &setting);
  if (setting.root != 0)
    yeji_page_rows_walk (pages, marks, setting.root, look_for_setting, &setting);
  return setting.value;
}

/* Unknown in the file is no contradiction: it is written there when a session begins. */
static gboolean
is_foreign_log (YejiPages *alone,
                YejiPages *with_log)
{
  g_autofree char *own = read_setting (alone, YEJI_PROFILE_ID_SETTING);
  g_autofree char *other = read_setting (with_log, YEJI_PROFILE_ID_SETTING);

  return own != NULL && g_strcmp0 (own, other) != 0;
}

static gboolean
is_untold (const char *folder)
{
  g_autofree char *report = g_build_filename (folder, REPORT, NULL);
  g_autofree char *told = g_build_filename (folder, TOLD, NULL);

  return exists (report) && !exists (told);
}

static JsonObject *
read_report (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, REPORT, NULL);
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *report;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  node = yeji_json_parse (text, -1, NULL);
  report = node != NULL ? yeji_json_node_object (node) : NULL;
  return report != NULL ? json_object_ref (report) : NULL;
}

/* The folder of the same trouble, which was begun and is not told of yet, or a new one. */
static char *
find_log_folder (const char  *directory,
                 const char  *reason,
                 GError     **error)
{
  g_auto (GStrv) folders = list_folders (directory);
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autoptr (JsonObject) made = NULL;

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autoptr (JsonObject) report = is_untold (folders[i]) ? read_report (folders[i]) : NULL;

      if (report != NULL && g_strcmp0 (yeji_json_get_string (report, "reason"), reason) == 0)
        return g_strdup (folders[i]);
    }
  folder = make_folder (directory, error);
  if (folder == NULL)
    return NULL;
  reach (directory, "folder");
  name = name_folder (folder);
  made = json_object_new ();
  json_object_set_string_member (made, "reason", reason);
  json_object_set_string_member (made, "folder", name);
  if (write_report (folder, made, error))
    return g_steal_pointer (&folder);
  clean_folder (folder);
  return NULL;
}

static gboolean
copy_log (const char  *directory,
          const char  *folder,
          GError     **error)
{
  g_autofree char *log = g_build_filename (directory, LOG, NULL);
  g_autofree char *kept = g_build_filename (folder, LOG, NULL);
  g_autofree char *part = g_strconcat (kept, PART_SUFFIX, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (log);
  g_autoptr (GFile) target = g_file_new_for_path (part);
  g_autoptr (GError) local_error = NULL;

  /* Not told of, so not opened since: it is the same log. */
  if (exists (kept))
    return TRUE;
  if (!g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &local_error))
    {
      g_set_error_literal (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, local_error->message);
      return FALSE;
    }
  reach (directory, "copied");
  if (!sync_file (part, error))
    return FALSE;
  if (yeji_platform_rename (part, kept) != 0)
    return fail (error, "renamed", part);
  return sync_directory (folder, error);
}

static gboolean
move_log (const char  *directory,
          const char  *folder,
          GError     **error)
{
  g_autofree char *log = g_build_filename (directory, LOG, NULL);
  g_autofree char *kept = make_free_path (folder, LOG);

  if (!forget_session (directory, error))
    return FALSE;
  reach (directory, "forgotten");
  if (yeji_platform_rename (log, kept) != 0)
    return fail (error, "set aside", log);
  return sync_directory (folder, error) && sync_directory (directory, error);
}

/* What is in a log that SQLite would not take is never lost. */
static gboolean
keep_log (const char  *directory,
          gboolean     foreign,
          GError     **error)
{
  const char *reason = foreign ? "log-foreign" : "log-damaged";
  g_autofree char *folder = find_log_folder (directory, reason, error);

  if (folder == NULL)
    return FALSE;
  g_info ("%s: the log is kept (%s)", directory, reason);
  reach (directory, "reported");
  if (!(foreign ? move_log (directory, folder, error) : copy_log (directory, folder, error)))
    return FALSE;
  reach (directory, "kept");
  return TRUE;
}

/* A disk that fails lets SQLite say that a file is damaged, too: it cannot be read to its end then.
 */
static gboolean
require_readable (const char  *path,
                  GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GInputStream) stream = G_INPUT_STREAM (g_file_read (file, NULL, NULL));
  g_autofree char *chunk = g_malloc (CHUNK_SIZE);
  gssize length = stream != NULL ? 1 : -1;

  while (length > 0)
    length = g_input_stream_read (stream, chunk, CHUNK_SIZE, NULL, NULL);
  return length == 0 || fail (error, "read", path);
}

/* What no page says, but what was never written so. */
static gboolean
check_bodies (YejiSql  *sql,
              GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT 1 FROM record WHERE NOT json_valid (body)"
                         " OR (base_body IS NOT NULL AND NOT json_valid (base_body)) LIMIT 1", "");
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    g_set_error_literal (error, YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED, "a record is no JSON");
  else if (local_error == NULL)
    return TRUE;
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_recovery_confirm: (skip)
 * @damaged: (out): whether it is
 *
 * Looks with fresh eyes at a database that was said to be damaged.
 *
 * Returns: %FALSE when it could not be read
 */
gboolean
yeji_recovery_confirm (const char  *directory,
                       gboolean    *damaged,
                       GError     **error)
{
  g_autofree char *path = g_build_filename (directory, DATABASE, NULL);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiSql) sql = yeji_sql_open_read_only (path, &local_error);

  *damaged = FALSE;
  if (sql != NULL && yeji_sql_check (sql, NULL, &local_error) && check_bodies (sql, &local_error))
    return TRUE;
  if (!g_error_matches (local_error, YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *damaged = TRUE;
  return require_readable (path, error);
}

/* What SQLite must not see is taken out of its way; @reason is why the file must be recovered
 * before it is opened, NULL where it need not. */
static gboolean
examine (const char   *directory,
         const char   *path,
         const char  **reason,
         GError      **error)
{
  g_autofree char *wish = g_build_filename (directory, YEJI_RECOVERY_WISH_FILE, NULL);
  g_autoptr (YejiPages) pages = yeji_pages_open (path, TRUE, error);
  g_autoptr (YejiPages) alone = pages != NULL ? yeji_pages_open (path, FALSE, error) : NULL;
  gboolean foreign, broken, damaged;

  *reason = NULL;
  if (alone == NULL)
    return FALSE;
  broken = yeji_pages_get_log_state (pages) == YEJI_LOG_BROKEN;
  foreign = yeji_pages_get_log_state (pages) != YEJI_LOG_NONE && is_foreign_log (alone, pages);
  if (yeji_pages_has_failed (pages) || yeji_pages_has_failed (alone))
    return fail (error, "read", path);
  if (yeji_pages_has_header (pages) && yeji_pages_get_version (pages) > yeji_store_n_migrations
      && yeji_pages_get_version (pages) <= YEJI_MAX_VERSION)
    {
      g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_NEWER,
                   "%s has version %u, this program knows %u", path,
                   yeji_pages_get_version (pages), yeji_store_n_migrations);
      return FALSE;
    }
  /* Windows moves no file that is open. */
  g_clear_pointer (&pages, yeji_pages_free);
  g_clear_pointer (&alone, yeji_pages_free);
  if ((foreign || broken) && !keep_log (directory, foreign, error))
    return FALSE;
  if (!exists (wish))
    return TRUE;
  if (!yeji_recovery_confirm (directory, &damaged, error))
    return FALSE;
  *reason = damaged ? "damaged" : NULL;
  return TRUE;
}

/* A file that is not there, or is empty, is how a profile begins, if there is nothing else. */
static gboolean
examine_nothing (const char   *directory,
                 const char   *path,
                 const char  **reason,
                 GError      **error)
{
  g_autofree char *log = g_build_filename (directory, LOG, NULL);
  gboolean has_documents, has_backups;
  gint64 size;

  *reason = NULL;
  if (!measure (log, &size, error) || !find_documents (directory, &has_documents, error)
      || !find_backups (directory, &has_backups, error))
    return FALSE;
  if (size > 0 || has_documents || has_backups)
    *reason = exists (path) ? "empty" : "missing";
  return TRUE;
}

/**
 * yeji_recovery_prepare: (skip)
 * @directory: the profile's, locked
 *
 * Does what must be done before SQLite opens the database: goes on with a recovery that was cut
 * off, recovers where the database is gone, is empty or is known to be damaged, and keeps what a
 * log holds that SQLite would throw away. A sound profile costs the reading of a page, and of the
 * log that an unclean end leaves.
 *
 * Returns: %FALSE with %YEJI_DB_ERROR_NEWER, %YEJI_STORE_ERROR_PLACE, %YEJI_DB_ERROR_IO where
 * something cannot be read, or what yeji_recovery_run() says
 */
gboolean
yeji_recovery_prepare (const char  *directory,
                       GError     **error)
{
  g_autofree char *path = g_build_filename (directory, DATABASE, NULL);
  const char *reason;
  gint64 size;

  if (!go_on (directory, error) || !measure (path, &size, error))
    return FALSE;
  if (exists (path) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_PLACE, "%s is no file", path);
      return FALSE;
    }
  if (!(size == 0 ? examine_nothing (directory, path, &reason, error)
                  : examine (directory, path, &reason, error)))
    return FALSE;
  return reason == NULL || yeji_recovery_run (directory, reason, error);
}

/**
 * yeji_recovery_write_notices: (skip)
 *
 * Writes a notice of each recovery, and of each log that was kept, that there is none of yet.
 */
gboolean
yeji_recovery_write_notices (const char  *directory,
                             YejiSql     *sql,
                             GError     **error)
{
  g_auto (GStrv) folders = list_folders (directory);
  g_autofree char *wish = g_build_filename (directory, YEJI_RECOVERY_WISH_FILE, NULL);

  /* It was looked at, and is sound: at most the index is not, of which the check says nothing. */
  if (exists (wish) && !yeji_sql_exec (sql, error, "DELETE FROM setting WHERE name = ?1", "s",
                                       YEJI_SEARCH_SETTING))
    return FALSE;

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autoptr (JsonObject) report = is_untold (folders[i]) ? read_report (folders[i]) : NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *text = NULL;
      g_autofree char *now = yeji_clock_now ();
      const char *reason = report != NULL ? yeji_json_get_string (report, "reason") : NULL;

      if (reason == NULL)
        continue;
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_set_object (node, report);
      text = yeji_json_print (node, FALSE);
      if (!yeji_sql_exec (sql, error,
                          "INSERT INTO notice (kind, at, details) SELECT ?1, ?2, ?3"
                          " WHERE NOT EXISTS (SELECT 1 FROM notice WHERE kind = ?1"
                          "  AND details ->> 'folder' = ?3 ->> 'folder')", "sss",
                          g_str_has_prefix (reason, "log-") ? YEJI_NOTICE_LOG
                                                            : YEJI_NOTICE_RECOVERED, now, text))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_recovery_note_told: (skip)
 *
 * Remembers that the notices are on the disk, whatever becomes of the database later.
 */
void
yeji_recovery_note_told (const char *directory)
{
  g_auto (GStrv) folders = list_folders (directory);
  g_autofree char *wish = g_build_filename (directory, YEJI_RECOVERY_WISH_FILE, NULL);

  yeji_platform_remove (wish);

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *told = g_build_filename (folders[i], TOLD, NULL);

      if (is_untold (folders[i]))
        g_file_set_contents (told, "", 0, NULL);
    }
}

/**
 * yeji_recovery_set_step_func: (skip)
 * @func: (nullable): told of each step; for tests, which copy what a kill would leave
 */
void
yeji_recovery_set_step_func (YejiRecoveryStepFunc func,
                             gpointer             data)
{
  step_func = func;
  step_data = data;
}

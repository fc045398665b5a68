// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-recovery"

#include "config.h"

#include "yeji-recovery.h"

#include <fcntl.h>
#include <string.h>

#include <glib/gstdio.h>

#include "yeji-backup.h"
#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-notice.h"
#include "yeji-page-rows.h"
#include "yeji-platform.h"
#include "yeji-salvage.h"
#include "yeji-store-private.h"

/* Before a profile's database is opened, under its lock. A damaged one is set aside in
 * `damaged/DATE/`, in steps of which each leaves a state that the next opening goes on from:
 *
 * 1. `damaged/DATE/recovering.sqlite` is made; the damaged file is only read. Killed here, it is
 *    begun anew.
 * 2. It is renamed to `recovered.sqlite`: whole and on the disk. From here on it is gone on with.
 * 3. The damaged files are renamed into the folder, the database last.
 * 4. `recovered.sqlite` is renamed to be the profile's database. */

#define DATABASE "yeji.sqlite"
#define UNFINISHED "recovering.sqlite"
#define FINISHED "recovered.sqlite"
#define REPORT "report.json"
#define TOLD "told"

/* The database itself goes last: as long as it is there, nothing has taken its place. */
static const char *const suffixes[] = { "-shm", "-wal", "", NULL };

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

static gint64
measure (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (gint64) status.st_size : 0;
}

static gboolean
fail (GError     **error,
      const char  *what,
      const char  *path)
{
  g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, "%s: cannot be %s", path, what);
  return FALSE;
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

static gboolean
set_aside (const char  *directory,
           const char  *folder,
           GError     **error)
{
  for (guint i = 0; suffixes[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat (DATABASE, suffixes[i], NULL);
      g_autofree char *from = g_build_filename (directory, name, NULL);
      g_autofree char *to = make_free_path (folder, name);

      reach (directory, name);
      if (exists (from) && g_rename (from, to) != 0)
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
  if (g_rename (finished, database) != 0)
    return fail (error, "put in its place", finished);
  reach (directory, "in-place");
  g_remove (wish);
  return sync_directory (directory, error);
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

      g_remove (path);
    }
  g_remove (report);
  g_rmdir (folder);   /* stays when anything else is there */
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

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *finished = g_build_filename (folders[i], FINISHED, NULL);
      g_autofree char *unfinished = g_build_filename (folders[i], UNFINISHED, NULL);

      if (exists (finished) && !finish (directory, folders[i], error))
        return FALSE;
      if (exists (unfinished))
        clean_folder (folders[i]);
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
  g_autofree char *folder = NULL;

  if (g_mkdir_with_parents (damaged, 0700) != 0)
    {
      fail (error, "made", damaged);
      return NULL;
    }
  folder = make_free_path (damaged, name);
  if (g_mkdir (folder, 0700) == 0)
    return g_steal_pointer (&folder);
  fail (error, "made", folder);
  return NULL;
}

static gboolean
write_report (const char         *folder,
              YejiSalvageReport  *report,
              GError            **error)
{
  g_autofree char *path = g_build_filename (folder, REPORT, NULL);
  g_autofree char *name = g_path_get_basename (folder);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  g_autoptr (GError) local_error = NULL;

  report->folder = g_strconcat (YEJI_DAMAGED_FOLDER, "/", name, NULL);
  json_node_take_object (node, yeji_salvage_report_to_json (report));
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

  reach (directory, "begin");
  report->reason = g_strdup (reason);
  if (!yeji_salvage (database, !g_str_equal (reason, "log-foreign"),
                     backup != NULL ? backup->path : NULL, unfinished, report, error))
    return FALSE;
  reach (directory, "made");
  if (!write_report (folder, report, error) || !sync_file (unfinished, error))
    return FALSE;
  reach (directory, "reported");
  if (g_rename (unfinished, finished) != 0)
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
 * Lets the next opening recover the database.
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
has_documents (const char *directory)
{
  g_autofree char *files = g_build_filename (directory, "files", NULL);
  g_autoptr (GDir) dir = g_dir_open (files, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *shelf = g_build_filename (files, name, NULL);
      g_autoptr (GDir) inner = g_dir_open (shelf, 0, NULL);

      if (inner != NULL && g_dir_read_name (inner) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_backups (const char *directory)
{
  g_autoptr (GPtrArray) backups = yeji_backup_list (directory, NULL);

  return backups != NULL && backups->len > 0;
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
is_foreign_log (const char *path,
                YejiPages  *with_log)
{
  g_autoptr (YejiPages) alone = yeji_pages_open (path, FALSE, NULL);
  g_autofree char *own = NULL;
  g_autofree char *other = NULL;

  if (alone == NULL)
    return FALSE;
  own = read_setting (alone, YEJI_PROFILE_ID_SETTING);
  other = read_setting (with_log, YEJI_PROFILE_ID_SETTING);
  return own != NULL && g_strcmp0 (own, other) != 0;
}

/* A session that ended well has taken its mark out of the database before the log went. */
static gboolean
is_log_lost (const char *directory,
             YejiPages  *pages)
{
  g_autofree char *path = g_build_filename (directory, YEJI_SESSION_FILE, NULL);
  g_autofree char *running = NULL;
  g_autofree char *noted = NULL;

  if (!g_file_get_contents (path, &running, NULL, NULL))
    return FALSE;
  noted = read_setting (pages, YEJI_SESSION_SETTING);
  return noted != NULL && g_str_equal (noted, running);
}

/* Why a file that is there must be recovered before SQLite sees it; NULL where it need not. */
static gboolean
examine (const char   *directory,
         const char   *path,
         const char  **reason,
         GError      **error)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *wish = g_build_filename (directory, YEJI_RECOVERY_WISH_FILE, NULL);
  g_autoptr (YejiPages) pages = yeji_pages_open (path, TRUE, error);

  *reason = NULL;
  if (pages == NULL)
    return FALSE;
  if (yeji_pages_has_header (pages) && yeji_pages_get_version (pages) > yeji_store_n_migrations
      && yeji_pages_get_version (pages) <= YEJI_MAX_VERSION)
    {
      g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_NEWER,
                   "%s has version %u, this program knows %u", path,
                   yeji_pages_get_version (pages), yeji_store_n_migrations);
      return FALSE;
    }
  if (yeji_pages_get_log_state (pages) != YEJI_LOG_NONE && is_foreign_log (path, pages))
    *reason = "log-foreign";
  else if (yeji_pages_get_log_state (pages) == YEJI_LOG_BROKEN)
    *reason = "log-damaged";
  else if (!exists (log) && is_log_lost (directory, pages))
    *reason = "log-lost";
  else if (exists (wish))
    *reason = "damaged";
  return TRUE;
}

/* A file that is not there, or is empty, is how a profile begins, if there is nothing else. */
static const char *
examine_nothing (const char *directory,
                 const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  if (measure (log) == 0 && !has_documents (directory) && !has_backups (directory))
    return NULL;
  return exists (path) ? "empty" : "missing";
}

/**
 * yeji_recovery_prepare: (skip)
 * @directory: the profile's, locked
 *
 * Does what must be done before SQLite opens the database: goes on with a recovery that was cut
 * off, and recovers where the database is gone, is empty, is known to be damaged, or does not go
 * with its log. A sound profile costs the reading of a page, and of the log that an unclean end
 * leaves.
 *
 * Returns: %FALSE with %YEJI_DB_ERROR_NEWER, %YEJI_STORE_ERROR_PLACE or what yeji_recovery_run()
 * says
 */
gboolean
yeji_recovery_prepare (const char  *directory,
                       GError     **error)
{
  g_autofree char *path = g_build_filename (directory, DATABASE, NULL);
  const char *reason;

  if (!go_on (directory, error))
    return FALSE;
  if (exists (path) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_PLACE, "%s is no file", path);
      return FALSE;
    }
  if (measure (path) == 0)
    reason = examine_nothing (directory, path);
  else if (!examine (directory, path, &reason, error))
    return FALSE;
  return reason == NULL || yeji_recovery_run (directory, reason, error);
}

static gboolean
is_untold (const char *folder)
{
  g_autofree char *report = g_build_filename (folder, REPORT, NULL);
  g_autofree char *told = g_build_filename (folder, TOLD, NULL);

  return exists (report) && !exists (told);
}

/**
 * yeji_recovery_write_notices: (skip)
 *
 * Writes a notice of each recovery that there is none of yet.
 */
gboolean
yeji_recovery_write_notices (const char  *directory,
                             YejiSql     *sql,
                             GError     **error)
{
  g_auto (GStrv) folders = list_folders (directory);

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], REPORT, NULL);
      g_autofree char *text = NULL;
      g_autofree char *now = yeji_clock_now ();
      g_autoptr (JsonNode) node = NULL;

      if (!is_untold (folders[i]) || !g_file_get_contents (path, &text, NULL, NULL))
        continue;
      node = yeji_json_parse (text, -1, NULL);
      if (node == NULL)
        continue;
      if (!yeji_sql_exec (sql, error,
                          "INSERT INTO notice (kind, at, details) SELECT ?1, ?2, ?3"
                          " WHERE NOT EXISTS (SELECT 1 FROM notice WHERE kind = ?1"
                          "  AND details ->> 'folder' = ?3 ->> 'folder')", "sss",
                          YEJI_NOTICE_RECOVERED, now, text))
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

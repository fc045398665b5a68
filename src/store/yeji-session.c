// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-session.h"

#include <errno.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "yeji-notice-private.h"
#include "yeji-platform.h"
#include "yeji-recovery.h"
#include "yeji-sql-private.h"

/* A session is from the first write after an opening to the closing: one that only reads leaves
 * nothing. Its mark, written with what it writes first, says at the next opening whether it was
 * closed. The same mark in a file beside the database says that there is a log: where the file is
 * there, the log is not, and the database does not know that this session ended, the log is lost.
 */

#define ID_LENGTH 36

static gboolean
read_setting (YejiSql     *sql,
              const char  *name,
              char       **value,
              GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT value FROM setting WHERE name = ?1",
                                              "s", name);

  *value = NULL;
  if (rows == NULL)
    return FALSE;
  if (yeji_rows_next (rows, &local_error))
    *value = yeji_rows_dup_text (rows, 0);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
write_setting (YejiSql     *sql,
               const char  *name,
               const char  *value,
               GError     **error)
{
  return yeji_sql_exec (sql, error,
                        "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        "ss", name, value);
}

static char *
get_path (const char *directory)
{
  return g_build_filename (directory, YEJI_SESSION_FILE, NULL);
}

/**
 * yeji_session_find_lost: (skip)
 * @directory: the profile's, before SQLite opens the database, which makes a log
 *
 * Returns: (transfer full) (nullable): the session that wrote a log that is not there now, unless
 * the database knows that it ended
 */
char *
yeji_session_find_lost (const char *directory)
{
  g_autofree char *path = get_path (directory);
  g_autofree char *log = g_build_filename (directory, "yeji.sqlite-wal", NULL);
  g_autofree char *id = NULL;
  GStatBuf status;
  gsize length;

  /* A file that was not written to its end says nothing. */
  if (!g_file_get_contents (path, &id, &length, NULL) || length != ID_LENGTH
      || !g_uuid_string_is_valid (id))
    return NULL;
  return g_stat (log, &status) != 0 && errno == ENOENT ? g_steal_pointer (&id) : NULL;
}

static gboolean
note_ended (YejiSql     *sql,
            const char  *id,
            GError     **error)
{
  return write_setting (sql, YEJI_SESSION_ENDED_SETTING, id, error)
    && write_setting (sql, YEJI_SESSION_UNCHECKED_SETTING, id, error);
}

static gboolean
tell_lost (YejiSql  *sql,
           GError  **error)
{
  g_autoptr (JsonObject) details = json_object_new ();

  json_object_set_string_member (details, "reason", "log-lost");
  return yeji_notice_write (sql, YEJI_NOTICE_LOG, details, error);
}

/**
 * yeji_session_begin: (skip)
 * @lost: (nullable): what yeji_session_find_lost() said
 * @unclean: (out): whether a session did not end, and nothing was checked since
 *
 * Looks how the session before ended. Where it did not, that is noted, and told if its log is gone.
 */
gboolean
yeji_session_begin (YejiSql     *sql,
                    const char  *lost,
                    gboolean    *unclean,
                    GError     **error)
{
  g_autofree char *profile = g_uuid_string_random ();
  g_autofree char *before = NULL;
  g_autofree char *ended = NULL;
  g_autofree char *unchecked = NULL;

  if (!read_setting (sql, YEJI_SESSION_SETTING, &before, error)
      || !read_setting (sql, YEJI_SESSION_ENDED_SETTING, &ended, error)
      || !read_setting (sql, YEJI_SESSION_UNCHECKED_SETTING, &unchecked, error)
      || !yeji_sql_exec (sql, error, "INSERT OR IGNORE INTO setting (name, value) VALUES (?1, ?2)",
                         "ss", YEJI_PROFILE_ID_SETTING, profile))
    return FALSE;
  if (g_strcmp0 (lost, ended) == 0)
    lost = NULL;
  *unclean = before != NULL || unchecked != NULL || lost != NULL;
  if (lost != NULL && (!tell_lost (sql, error) || !note_ended (sql, lost, error)))
    return FALSE;
  if (before == NULL)
    return TRUE;
  return (lost != NULL || note_ended (sql, before, error))
    && yeji_sql_exec (sql, error, "DELETE FROM setting WHERE name = ?1", "s",
                      YEJI_SESSION_SETTING);
}

/**
 * yeji_session_mark: (skip)
 * @id: of the session
 *
 * Marks that a session writes, in its first transaction that does.
 */
gboolean
yeji_session_mark (YejiSql     *sql,
                   const char  *id,
                   GError     **error)
{
  return write_setting (sql, YEJI_SESSION_SETTING, id, error);
}

/**
 * yeji_session_note: (skip)
 *
 * Writes the mark beside the database, when the first transaction is in the log. Where that fails,
 * a log that is gone is not missed; an unclean end is noticed all the same.
 */
void
yeji_session_note (const char *directory,
                   const char *id)
{
  g_autofree char *path = get_path (directory);
  FILE *file = g_fopen (path, "wb");
  gboolean written = file != NULL && fwrite (id, 1, strlen (id), file) == strlen (id);

  if (file != NULL)
    written = fclose (file) == 0 && written;
  if (!written)
    g_message ("the session is not noted in %s", path);
}

/**
 * yeji_session_end: (skip)
 *
 * Takes the mark away, in the last transaction of the session.
 */
gboolean
yeji_session_end (YejiSql  *sql,
                  GError  **error)
{
  return yeji_sql_exec (sql, error,
                        "INSERT INTO setting (name, value)"
                        " SELECT ?2, value FROM setting WHERE name = ?1"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value", "ss",
                        YEJI_SESSION_SETTING, YEJI_SESSION_ENDED_SETTING)
    && yeji_sql_exec (sql, error, "DELETE FROM setting WHERE name = ?1", "s",
                      YEJI_SESSION_SETTING);
}

/**
 * yeji_session_forget: (skip)
 *
 * Takes the mark beside the database away, before the log goes: because the database is closed, or
 * because it is set aside.
 */
void
yeji_session_forget (const char *directory)
{
  g_autofree char *path = get_path (directory);

  yeji_platform_remove (path);
}

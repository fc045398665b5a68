// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-session.h"

#include <glib/gstdio.h>

#include "yeji-recovery.h"
#include "yeji-sql-private.h"

/* A session is from opening to closing. Its mark in the database says at the next opening whether
 * it was closed; the same mark in a file beside it, whether the database is the one of that session
 * or a copy. */

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

/**
 * yeji_session_begin: (skip)
 * @id: of the session
 * @unclean: (out): whether the one before did not end
 *
 * Marks that a session is on.
 */
gboolean
yeji_session_begin (YejiSql     *sql,
                    const char  *id,
                    gboolean    *unclean,
                    GError     **error)
{
  g_autofree char *before = NULL;
  g_autofree char *profile = g_uuid_string_random ();

  if (!read_setting (sql, YEJI_SESSION_SETTING, &before, error))
    return FALSE;
  *unclean = before != NULL;
  return yeji_sql_exec (sql, error,
                        "INSERT INTO setting (name, value) VALUES (?1, ?2)"
                        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        "ss", YEJI_SESSION_SETTING, id)
    && yeji_sql_exec (sql, error, "INSERT OR IGNORE INTO setting (name, value) VALUES (?1, ?2)",
                      "ss", YEJI_PROFILE_ID_SETTING, profile);
}

/**
 * yeji_session_mark: (skip)
 *
 * Brings the mark out of the log into the database's own file, and beside it, so that a log that
 * is gone at the next opening is missed. Where that fails, an unclean end is noticed all the same.
 */
void
yeji_session_mark (const char *directory,
                   const char *id)
{
  g_autofree char *database = g_build_filename (directory, "yeji.sqlite", NULL);
  g_autofree char *path = g_build_filename (directory, YEJI_SESSION_FILE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiSql) sql = yeji_sql_open (database, &error);

  if (sql == NULL || !yeji_sql_run_script (sql, "PRAGMA wal_checkpoint (PASSIVE)", &error)
      || !g_file_set_contents (path, id, -1, &error))
    g_message ("the session is not marked: %s", error->message);
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
  return yeji_sql_exec (sql, error, "DELETE FROM setting WHERE name = ?1", "s",
                        YEJI_SESSION_SETTING);
}

/**
 * yeji_session_forget: (skip)
 *
 * Takes the mark beside the database away, which was closed meanwhile.
 */
void
yeji_session_forget (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, YEJI_SESSION_FILE, NULL);

  g_remove (path);
}

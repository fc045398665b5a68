// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-legacy"

#include "config.h"

#include "yeji-legacy-stage.h"

#include <glib/gstdio.h>

/* Notes are for people: nobody reads more. */
#define MAX_NOTES 10000

/* What is read of one file, in a database of its own beside the province's: nobody waits for it,
 * and a kill costs no more than the last step. */
static const YejiMigration migrations[] = {
  { "stage",
    "CREATE TABLE stage (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"

    /* Rows of the table of projects, and of the others. `data` is an object of texts by field;
     * `mark` keeps a row of a wide sheet that says the same again from being there twice. */
    "CREATE TABLE root ("
    "  n INTEGER PRIMARY KEY, id TEXT NOT NULL, num TEXT NOT NULL, code TEXT NOT NULL,"
    "  sheet TEXT NOT NULL, line INTEGER NOT NULL, meta TEXT NOT NULL, data TEXT NOT NULL,"
    "  wide INTEGER NOT NULL, again INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX root_id ON root (id);"
    "CREATE INDEX root_num ON root (num, code);"
    "CREATE TABLE child ("
    "  n INTEGER PRIMARY KEY, tab INTEGER NOT NULL, id TEXT NOT NULL, num TEXT NOT NULL,"
    "  code TEXT NOT NULL, sheet TEXT NOT NULL, line INTEGER NOT NULL, data TEXT NOT NULL,"
    "  mark TEXT UNIQUE);"
    "CREATE INDEX child_id ON child (id, tab, n) WHERE id <> '';"
    "CREATE INDEX child_num ON child (num, tab, n) WHERE id = '';"

    /* What became of each project: `taken` is a grade, pending, refused or known. `body` is the
     * record as it will be, `reasons` an array of texts, `points` as reviewers make them. */
    "CREATE TABLE record ("
    "  n INTEGER PRIMARY KEY, uuid TEXT NOT NULL, taken TEXT NOT NULL, number TEXT NOT NULL,"
    "  name TEXT NOT NULL, code TEXT NOT NULL, enterprise TEXT NOT NULL, reasons TEXT NOT NULL,"
    "  points TEXT NOT NULL, office TEXT, reviewer TEXT, submitted_at TEXT, approved_at TEXT,"
    "  sheet TEXT NOT NULL, line INTEGER NOT NULL, body TEXT);"
    "CREATE INDEX record_taken ON record (taken, n);"
    "CREATE INDEX record_uuid ON record (uuid);"
    "CREATE INDEX record_number ON record (code, number);"
    "CREATE TABLE note ("
    "  n INTEGER PRIMARY KEY, kind TEXT NOT NULL, sheet TEXT NOT NULL, line INTEGER NOT NULL,"
    "  cell TEXT NOT NULL, text TEXT NOT NULL);" },
};

static char *
make_path (const char *data_dir,
           const char *sha256)
{
  g_autofree char *name = g_strconcat (sha256, ".db", NULL);

  return g_build_filename (data_dir, "imports", name, NULL);
}

typedef struct
{
  const char *version;
} Version;

/* A stage that was begun under another dictionary or other names is begun anew. */
static gboolean
check_version (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  const Version *version = data;
  const int same = yeji_sql_has_row (sql, error,
                                     "SELECT 1 FROM stage WHERE key = 'version' AND value = ?1",
                                     "s", version->version);

  if (same != 0)
    return same > 0;
  return yeji_sql_exec (sql, error, "DELETE FROM record", "")
         && yeji_sql_exec (sql, error,
                           "INSERT INTO stage VALUES ('version', ?1) ON CONFLICT (key)"
                           " DO UPDATE SET value = excluded.value", "s", version->version)
         && yeji_legacy_stage_set (sql, YEJI_LEGACY_READING, error);
}

/**
 * yeji_legacy_stage_open:
 * @sha256: of the file
 * @version: of what its rows are understood by
 *
 * Opens what was kept of an import, or begins one.
 *
 * Returns: (transfer full) (nullable): the database, to be closed with yeji_db_close()
 */
YejiDb *
yeji_legacy_stage_open (const char  *data_dir,
                        const char  *sha256,
                        const char  *version,
                        GError     **error)
{
  g_autofree char *path = make_path (data_dir, sha256);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (YejiDb) db = NULL;
  Version wanted = { version };

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: cannot be made", folder);
      return NULL;
    }
  db = yeji_db_open (path, migrations, G_N_ELEMENTS (migrations), error);
  if (db == NULL)
    return NULL;
  if (yeji_db_run (db, check_version, &wanted, error))
    return g_steal_pointer (&db);
  yeji_db_close (db);
  return NULL;
}

/* Records came out of it: all were judged then. */
static gboolean
check_judged (YejiSql   *sql,
              gpointer   data,
              GError   **error)
{
  YejiLegacyStep step;

  if (!yeji_legacy_stage_get (sql, &step, error))
    return FALSE;
  if (step == YEJI_LEGACY_JUDGED)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                       "its rows are to be read anew: import the file again");
  return FALSE;
}

/**
 * yeji_legacy_stage_open_again:
 *
 * Opens what was kept of an import whose records had begun to come.
 *
 * Returns: (transfer full) (nullable): the database, to be closed with yeji_db_close()
 */
YejiDb *
yeji_legacy_stage_open_again (const char  *data_dir,
                              const char  *sha256,
                              GError     **error)
{
  g_autofree char *path = make_path (data_dir, sha256);
  g_autoptr (YejiDb) db = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   "%s is not there: import the file again", path);
      return NULL;
    }
  db = yeji_db_open (path, migrations, G_N_ELEMENTS (migrations), error);
  if (db == NULL)
    return NULL;
  if (yeji_db_run (db, check_judged, NULL, error))
    return g_steal_pointer (&db);
  yeji_db_close (db);
  return NULL;
}

/**
 * yeji_legacy_stage_remove:
 *
 * Removes what was kept of an import; there are personal numbers in it.
 */
gboolean
yeji_legacy_stage_remove (const char  *data_dir,
                          const char  *sha256,
                          GError     **error)
{
  static const char * const endings[] = { "-wal", "-shm", "" };
  g_autofree char *path = make_path (data_dir, sha256);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat (path, endings[i], NULL);

      if (g_remove (name) != 0 && g_file_test (name, G_FILE_TEST_EXISTS))
        {
          g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: cannot be removed", name);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * yeji_legacy_stage_get:
 *
 * Reads how far the import is.
 */
gboolean
yeji_legacy_stage_get (YejiSql         *sql,
                       YejiLegacyStep  *step,
                       GError         **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT coalesce (max (CAST (value AS INTEGER)), 0)"
                                              " FROM stage WHERE key = 'step'", "");

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *step = (YejiLegacyStep) yeji_rows_int (rows, 0);
  return TRUE;
}

/**
 * yeji_legacy_stage_set:
 *
 * Writes how far the import is.
 */
gboolean
yeji_legacy_stage_set (YejiSql         *sql,
                       YejiLegacyStep   step,
                       GError         **error)
{
  g_autofree char *text = g_strdup_printf ("%d", (int) step);

  return yeji_sql_exec (sql, error,
                        "INSERT INTO stage VALUES ('step', ?1) ON CONFLICT (key)"
                        " DO UPDATE SET value = excluded.value", "s", text);
}

/**
 * yeji_legacy_stage_note:
 * @kind: a word for programs
 *
 * Keeps something that who imports the file has to know.
 */
gboolean
yeji_legacy_stage_note (YejiSql     *sql,
                        const char  *kind,
                        const char  *sheet,
                        guint        row,
                        const char  *cell,
                        const char  *text,
                        GError     **error)
{
  return yeji_sql_exec (sql, error,
                        "INSERT INTO note (kind, sheet, line, cell, text)"
                        " SELECT ?1, ?2, ?3, ?4, ?5"
                        " WHERE (SELECT coalesce (max (n), 0) FROM note) < ?6", "ssissi", kind,
                        sheet, (gint64) row, cell, text, (gint64) MAX_NOTES);
}

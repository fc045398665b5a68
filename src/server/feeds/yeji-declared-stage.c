// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-declared"

#include "config.h"

#include "yeji-declared-stage.h"

#include <glib/gstdio.h>

#define NAME "declared.db"

/* A list as it was read, in a database of its own beside the province's: nobody waits for it, and it
 * takes no memory. Until they are compared, all rows are new ones. */
static const YejiMigration migrations[] = {
  { "stage",
    "CREATE TABLE row ("
    "  n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, number TEXT NOT NULL,"
    "  numbers TEXT NOT NULL, name TEXT NOT NULL, area TEXT NOT NULL, enterprise TEXT NOT NULL,"
    "  state TEXT NOT NULL, at TEXT NOT NULL, fate INTEGER NOT NULL);"
    "CREATE INDEX row_fate ON row (fate, n);" },
};

static char *
make_path (const char *data_dir)
{
  return g_build_filename (data_dir, "imports", NAME, NULL);
}

/**
 * yeji_declared_stage_open:
 *
 * Begins a stage, in the place of one that was left. Only one import is at work at a time.
 *
 * Returns: (transfer full) (nullable): the database, to be closed with yeji_db_close()
 */
YejiDb *
yeji_declared_stage_open (const char  *data_dir,
                          GError     **error)
{
  g_autofree char *path = make_path (data_dir);
  g_autofree char *folder = g_path_get_dirname (path);

  yeji_declared_stage_remove (data_dir);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return yeji_db_open (path, migrations, G_N_ELEMENTS (migrations), error);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: cannot be made", folder);
  return NULL;
}

/**
 * yeji_declared_stage_remove:
 *
 * Removes the stage, if there is one.
 */
void
yeji_declared_stage_remove (const char *data_dir)
{
  static const char * const endings[] = { "-wal", "-shm", "" };
  g_autofree char *path = make_path (data_dir);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat (path, endings[i], NULL);

      g_remove (name);
    }
}

/**
 * yeji_declared_stage_put:
 * @repeated: (out): whether the list had its key before; the last row counts
 *
 * Keeps a row.
 */
gboolean
yeji_declared_stage_put (YejiSql                   *sql,
                         const YejiDeclaredStaged  *staged,
                         gboolean                  *repeated,
                         GError                   **error)
{
  const YejiDeclaredProject *project = &staged->project;
  gint64 fate = staged->fate;

  if (!yeji_sql_exec (sql, error,
                      "INSERT OR IGNORE INTO row (key, number, numbers, name, area, enterprise,"
                      " state, at, fate) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                      "ssssssssi", staged->key, project->number, staged->numbers, project->name,
                      project->area, project->enterprise, project->state, project->at, fate))
    return FALSE;
  *repeated = yeji_sql_changes (sql) == 0;
  return !*repeated
         || yeji_sql_exec (sql, error,
                           "UPDATE row SET number = ?2, numbers = ?3, name = ?4, area = ?5,"
                           " enterprise = ?6, state = ?7, at = ?8 WHERE key = ?1", "ssssssss",
                           staged->key, project->number, staged->numbers, project->name,
                           project->area, project->enterprise, project->state, project->at);
}

/**
 * yeji_declared_stage_lack:
 *
 * Keeps that the list lacks a project that there was.
 */
gboolean
yeji_declared_stage_lack (YejiSql     *sql,
                          const char  *key,
                          GError     **error)
{
  const YejiDeclaredStaged staged = {
    .key = key, .numbers = "", .fate = YEJI_DECLARED_LACKING,
    .project = { "", "", "", "", "", "", "" },
  };
  gboolean repeated;

  return yeji_declared_stage_put (sql, &staged, &repeated, error);
}

/* A row with its texts behind it. */
typedef struct
{
  YejiDeclaredStaged staged;
  char *texts[8];
} Listed;

static void
free_listed (gpointer data)
{
  Listed *listed = data;

  for (guint i = 0; i < G_N_ELEMENTS (listed->texts); i++)
    g_free (listed->texts[i]);
  g_free (listed);
}

static Listed *
read_listed (YejiRows   *rows,
             const char *system)
{
  Listed *listed = g_new0 (Listed, 1);
  char **texts = listed->texts;

  for (guint i = 0; i < G_N_ELEMENTS (listed->texts); i++)
    texts[i] = yeji_rows_dup_text (rows, (int) i + 2);
  listed->staged = (YejiDeclaredStaged) {
    .n = yeji_rows_int (rows, 0), .fate = (YejiDeclaredFate) yeji_rows_int (rows, 1),
    .key = texts[0], .numbers = texts[2],
    .project = {
      .system = system, .number = texts[1], .name = texts[3], .area = texts[4],
      .enterprise = texts[5], .state = texts[6], .at = texts[7],
    },
  };
  return listed;
}

/**
 * yeji_declared_stage_list:
 * @system: goes into every project; must live as long as they do
 * @fate: of the rows that are wanted; -1: of all
 * @after: the number of the last one that is known
 *
 * Returns: (transfer full) (nullable) (element-type YejiDeclaredStaged): the next @n at most
 */
GPtrArray *
yeji_declared_stage_list (YejiSql     *sql,
                          const char  *system,
                          int          fate,
                          gint64       after,
                          guint        n,
                          GError     **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_listed);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         fate < 0
                           ? "SELECT n, fate, key, number, numbers, name, area,"
                             " enterprise, state, at FROM row WHERE n > ?1 ORDER BY n LIMIT ?2"
                           : "SELECT n, fate, key, number, numbers, name, area,"
                             " enterprise, state, at FROM row WHERE n > ?1 AND fate = ?3"
                             " ORDER BY n LIMIT ?2",
                         fate < 0 ? "ii" : "iii", after, (gint64) n, (gint64) fate);
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (list, read_listed (rows, system));
  if (local_error == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_declared_stage_mark:
 * @list: (element-type YejiDeclaredStaged)
 *
 * Keeps what becomes of rows.
 */
gboolean
yeji_declared_stage_mark (YejiSql    *sql,
                          GPtrArray  *list,
                          GError    **error)
{
  for (guint i = 0; i < list->len; i++)
    {
      const YejiDeclaredStaged *staged = g_ptr_array_index (list, i);

      if (!yeji_sql_exec (sql, error, "UPDATE row SET fate = ?2 WHERE n = ?1", "ii", staged->n,
                          (gint64) staged->fate))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_declared_stage_has:
 * @fate: -1: whatever becomes of it
 * @has: (out): whether the list has a key
 *
 * Looks a key up.
 */
gboolean
yeji_declared_stage_has (YejiSql     *sql,
                         const char  *key,
                         int          fate,
                         gboolean    *has,
                         GError     **error)
{
  const int found = yeji_sql_has_row (sql, error,
                                      "SELECT 1 FROM row WHERE key = ?1"
                                      " AND (?2 < 0 OR fate = ?2)", "si", key, (gint64) fate);

  *has = found > 0;
  return found >= 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-backup"

#include "config.h"

#include "yeji-backup-private.h"

#include "yeji-sql-copy.h"
#include "yeji-sql-private.h"
#include "yeji-store-private.h"

/* Name -> the statement that made it; of triggers, views and what modules of SQLite make, which do
 * something by themselves, and of tables. */
static GHashTable *
read_objects (YejiSql     *sql,
              const char  *condition,
              GError     **error)
{
  g_autofree char *query = g_strdup_printf ("SELECT name, sql FROM sqlite_schema WHERE %s",
                                            condition);
  g_autoptr (GHashTable) objects = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  rows = yeji_sql_query (sql, error, query, "");
  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    if (!yeji_rows_is_null (rows, 0))
      g_hash_table_insert (objects, yeji_rows_dup_text (rows, 0), yeji_rows_dup_text (rows, 1));
  if (local_error == NULL)
    return g_steal_pointer (&objects);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* Both read-only. What is only data may be more than ours; what acts may not. */
static gboolean
compare_schemas (YejiSql  *sql,
                 YejiSql  *ours,
                 GError  **error)
{
  static const char tables[] = "type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
  static const char actors[] = "type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'";
  g_autoptr (GHashTable) their_tables = read_objects (sql, tables, error);
  g_autoptr (GHashTable) our_tables = NULL;
  g_autoptr (GHashTable) their_actors = NULL;
  g_autoptr (GHashTable) our_actors = NULL;
  GHashTableIter iter;
  gpointer name, statement;

  if (their_tables == NULL
      || (our_tables = read_objects (ours, tables, error)) == NULL
      || (their_actors = read_objects (sql, actors, error)) == NULL
      || (our_actors = read_objects (ours, actors, error)) == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, our_tables);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (their_tables, name))
      {
        g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FORMAT,
                     "the database has no table %s", (const char *) name);
        return FALSE;
      }
  g_hash_table_iter_init (&iter, their_actors);
  while (g_hash_table_iter_next (&iter, &name, &statement))
    if (g_strcmp0 (g_hash_table_lookup (our_actors, name), statement) != 0)
      {
        g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FORMAT,
                     "the database has %s, which is none of ours", (const char *) name);
        return FALSE;
      }
  return TRUE;
}

/* A database of that version, without anything in it. */
static YejiSql *
make_ours (const char  *scratch,
           guint        version,
           GError     **error)
{
  g_autofree char *path = g_build_filename (scratch, "schema.sqlite", NULL);
  g_autoptr (YejiDb) db = yeji_db_open (path, yeji_store_migrations, version, error);

  if (db == NULL)
    return NULL;
  yeji_db_close (db);
  return yeji_sql_open_read_only (path, error);
}

static gboolean
check_schema (const char  *path,
              const char  *scratch,
              GError     **error)
{
  g_autoptr (YejiSql) sql = yeji_sql_open_read_only (path, error);
  g_autoptr (YejiSql) ours = NULL;
  guint version;

  if (sql == NULL || !yeji_sql_check (sql, NULL, error)
      || !yeji_sql_read_version (sql, &version, error))
    return FALSE;
  if (version > yeji_store_n_migrations)
    {
      g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_NEWER,
                   "%s has version %u, this program knows %u", path, version,
                   yeji_store_n_migrations);
      return FALSE;
    }
  if (version == 0)
    {
      g_set_error (error, YEJI_BACKUP_ERROR, YEJI_BACKUP_ERROR_FORMAT, "%s holds no profile", path);
      return FALSE;
    }
  ours = make_ours (scratch, version, error);
  return ours != NULL && compare_schemas (sql, ours, error);
}

/**
 * yeji_backup_require_schema: (skip)
 * @path: a database of anybody
 * @scratch: a folder for a database to compare with; the caller removes it
 *
 * Makes sure that a database is sound, of a version that this program knows, has its tables, and
 * has no trigger or view that would do something of its own when it is opened.
 *
 * Returns: %FALSE with %YEJI_BACKUP_ERROR_FORMAT, %YEJI_BACKUP_ERROR_NEWER or another
 * #YejiBackupError
 */
gboolean
yeji_backup_require_schema (const char  *path,
                            const char  *scratch,
                            GError     **error)
{
  GError *local_error = NULL;

  return check_schema (path, scratch, &local_error)
         || yeji_backup_take_db_error (local_error, error);
}

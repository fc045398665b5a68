// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sql"

#include "config.h"

#include "yeji-sql-private.h"

#include <string.h>

#include <sqlite3.h>

/* How long another connection (a backup, a shell) may keep us waiting. */
#define BUSY_MILLISECONDS 5000

/* KiB of pages in memory, as SQLite has it by itself. */
#define USUAL_CACHE 2000u

/* What a savepoint may have to take back stays in memory up to this, else it goes through a file
 * that SQLite makes for it: page by page, as much as the log itself. */
#define KEPT_FOR_SAVEPOINTS (16 * 1024 * 1024)

/* How many steps of SQLite's machine, some milliseconds at most, may pass after a cancel. */
#define STEPS_BETWEEN_LOOKS 10000

/* A step may read a page of the full text index, some of which are hundreds of steps. */
#define STEPS_BETWEEN_CLOCKS 100

/* Where there is one: it keeps the index of the log in the memory of the process, whose
 * connections share it. */
#define PRIVATE_VFS "unix-excl"

struct _YejiSql
{
  sqlite3 *connection;
  GHashTable *statements;      /* text -> sqlite3_stmt */
  guint n_running;
  gint64 patience;             /* microseconds, 0: without end */
  gint64 deadline;             /* monotonic */
};

struct _YejiRows
{
  YejiSql *sql;
  sqlite3_stmt *statement;
  gboolean cached;
};

static const struct
{
  int code;
  YejiDbError cause;
} causes[] = {
  { SQLITE_FULL,       YEJI_DB_ERROR_FULL },
  { SQLITE_IOERR,      YEJI_DB_ERROR_IO },
  { SQLITE_CANTOPEN,   YEJI_DB_ERROR_IO },
  { SQLITE_READONLY,   YEJI_DB_ERROR_READ_ONLY },
  { SQLITE_PERM,       YEJI_DB_ERROR_READ_ONLY },
  { SQLITE_CORRUPT,    YEJI_DB_ERROR_DAMAGED },
  { SQLITE_NOTADB,     YEJI_DB_ERROR_DAMAGED },
  { SQLITE_CONSTRAINT, YEJI_DB_ERROR_CONSTRAINT },
};

G_DEFINE_QUARK (yeji-db-error-quark, yeji_db_error)

static void
report (YejiSql     *self,
        const char  *doing,
        GError     **error)
{
  int code = sqlite3_errcode (self->connection) & 0xff;
  YejiDbError cause = YEJI_DB_ERROR_FAILED;

  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    if (causes[i].code == code)
      cause = causes[i].cause;
  if (code == SQLITE_INTERRUPT && self->patience > 0)
    cause = YEJI_DB_ERROR_GAVE_UP;
  g_set_error (error, YEJI_DB_ERROR, cause, "%s: %s (%d)", doing,
               sqlite3_errmsg (self->connection), sqlite3_extended_errcode (self->connection));
}

static void
finalize_statement (gpointer data)
{
  sqlite3_finalize (data);
}

static sqlite3_stmt *
prepare (YejiSql     *self,
         const char  *text,
         GError     **error)
{
  sqlite3_stmt *statement = NULL;
  const char *tail = NULL;

  if (sqlite3_prepare_v3 (self->connection, text, -1, SQLITE_PREPARE_PERSISTENT, &statement,
                          &tail) != SQLITE_OK)
    {
      report (self, text, error);
      return NULL;
    }
  /* A second statement in the text would silently not run. */
  g_assert (statement != NULL && tail[strspn (tail, " \n\t;")] == '\0');
  return statement;
}

/* The cached statement, or one of its own for a query that runs inside a query of the same text. */
static YejiRows *
start_rows (YejiSql     *self,
            const char  *text,
            GError     **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, text);
  gboolean cached = statement == NULL || !sqlite3_stmt_busy (statement);
  YejiRows *rows;

  if (statement == NULL || !cached)
    {
      statement = prepare (self, text, error);
      if (statement == NULL)
        return NULL;
      if (cached)
        g_hash_table_insert (self->statements, g_strdup (text), statement);
    }
  rows = g_new0 (YejiRows, 1);
  rows->sql = self;
  rows->statement = statement;
  rows->cached = cached;
  self->n_running++;
  return rows;
}

static int
bind_bytes (sqlite3_stmt *statement,
            int           index,
            GBytes       *bytes)
{
  gsize size;
  gconstpointer data;

  if (bytes == NULL)
    return sqlite3_bind_null (statement, index);
  data = g_bytes_get_data (bytes, &size);
  /* A NULL pointer would bind NULL, and an empty blob is not the same. */
  return sqlite3_bind_blob64 (statement, index, data != NULL ? data : "", size, SQLITE_TRANSIENT);
}

static gboolean
bind_values (YejiRows    *self,
             const char  *types,
             va_list     *values,
             GError     **error)
{
  g_assert (sqlite3_bind_parameter_count (self->statement) == (int) strlen (types));

  for (int i = 0; types[i] != '\0'; i++)
    {
      int code = SQLITE_MISUSE;

      switch (types[i])
        {
        case 's':
          code = sqlite3_bind_text (self->statement, i + 1, va_arg (*values, const char *), -1,
                                    SQLITE_TRANSIENT);
          break;
        case 'i':
          code = sqlite3_bind_int64 (self->statement, i + 1, va_arg (*values, gint64));
          break;
        case 'd':
          code = sqlite3_bind_double (self->statement, i + 1, va_arg (*values, double));
          break;
        case 'b':
          code = bind_bytes (self->statement, i + 1, va_arg (*values, GBytes *));
          break;
        default:
          g_assert_not_reached ();
        }
      if (code != SQLITE_OK)
        {
          report (self->sql, "bind", error);
          return FALSE;
        }
    }
  return TRUE;
}

static YejiRows *
query_va (YejiSql     *self,
          const char  *statement,
          const char  *types,
          va_list     *values,
          GError     **error)
{
  g_autoptr (YejiRows) rows = start_rows (self, statement, error);

  if (rows == NULL || !bind_values (rows, types, values, error))
    return NULL;
  return g_steal_pointer (&rows);
}

static gboolean
set_up (YejiSql  *self,
        GError  **error)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) local_error = NULL;

  /* The first statement that touches the file finds out whether it is a database. */
  rows = yeji_sql_query (self, error, "PRAGMA journal_mode = WAL", "");
  if (rows == NULL)
    return FALSE;
  if (!yeji_rows_next (rows, &local_error))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (g_strcmp0 (yeji_rows_text (rows, 0), "wal") != 0)
    {
      g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_FAILED, "no write-ahead log: %s",
                   yeji_rows_text (rows, 0));
      return FALSE;
    }
  g_clear_pointer (&rows, yeji_rows_free);
  return yeji_sql_run_script (self,
                              "PRAGMA synchronous = FULL;"
                              "PRAGMA foreign_keys = ON;"
                              "PRAGMA secure_delete = ON;"
                              "PRAGMA trusted_schema = OFF;",
                              error);
}

/* Before anything else that SQLite is asked for: later it would refuse, and use its file. */
static void
configure (void)
{
  static gsize done;

  if (!g_once_init_enter (&done))
    return;
  sqlite3_config (SQLITE_CONFIG_STMTJRNL_SPILL, KEPT_FOR_SAVEPOINTS);
  g_once_init_leave (&done, 1);
}

static YejiSql *
connect_to (const char  *path,
            int          flags,
            const char  *vfs,
            GError     **error)
{
  g_autoptr (YejiSql) self = g_new0 (YejiSql, 1);
  int code;

  configure ();
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  code = sqlite3_open_v2 (path, &self->connection, flags | SQLITE_OPEN_NOMUTEX, vfs);
  if (self->connection == NULL)
    g_error ("no memory for a connection");
  if (code != SQLITE_OK)
    {
      report (self, path, error);
      return NULL;
    }
  sqlite3_busy_timeout (self->connection, BUSY_MILLISECONDS);
  return g_steal_pointer (&self);
}

/* Whether it was the index of the log for which the disk had no room: the first thing that is
 * written, even where all that is wanted is to read. */
static gboolean
lacks_shared_memory (YejiSql *self)
{
  static const int codes[] = { SQLITE_IOERR_SHMOPEN, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_SHMMAP };
  int code = sqlite3_extended_errcode (self->connection);

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i] == code)
      return TRUE;
  return FALSE;
}

static YejiSql *
open_with (const char  *path,
           const char  *vfs,
           gboolean    *lacks,
           GError     **error)
{
  g_autoptr (YejiSql) self = connect_to (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs,
                                         error);

  if (self == NULL)
    return NULL;
  if (!set_up (self, error))
    {
      *lacks = lacks_shared_memory (self);
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * yeji_sql_open: (skip)
 *
 * Opens or creates a database with a write-ahead log that is synced at each commit. On a full disk
 * the index of the log is in memory, and no other process can look into the database meanwhile:
 * https://www.sqlite.org/vfs.html, "unix-excl".
 *
 * Returns: (transfer full) (nullable): the connection
 */
YejiSql *
yeji_sql_open (const char  *path,
               GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean lacks = FALSE;
  YejiSql *self = open_with (path, NULL, &lacks, &local_error);

  if (self != NULL)
    return self;
  if (lacks && sqlite3_vfs_find (PRIVATE_VFS) != NULL)
    return open_with (path, PRIVATE_VFS, &lacks, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * yeji_sql_open_read_only: (skip)
 *
 * Opens a database of another version or another process to look into it: nothing is made,
 * migrated or written. What is read between `BEGIN` and `COMMIT` is of one moment.
 *
 * Returns: (transfer full) (nullable): the connection
 */
YejiSql *
yeji_sql_open_read_only (const char  *path,
                         GError     **error)
{
  g_autoptr (YejiSql) self = connect_to (path, SQLITE_OPEN_READONLY, NULL, error);

  if (self == NULL || !yeji_sql_run_script (self, "PRAGMA trusted_schema = OFF", error))
    return NULL;
  return g_steal_pointer (&self);
}

static int
look_for_cancel (void *data)
{
  return g_cancellable_is_cancelled (data);
}

/**
 * yeji_sql_set_cancellable: (skip)
 * @cancellable: (nullable): must live until it is taken away with %NULL
 *
 * Lets a statement that runs long be given up: it fails then with %YEJI_DB_ERROR_FAILED, and
 * nothing of it is left.
 */
void
yeji_sql_set_cancellable (YejiSql      *self,
                          GCancellable *cancellable)
{
  sqlite3_progress_handler (self->connection, cancellable != NULL ? STEPS_BETWEEN_LOOKS : 0,
                            look_for_cancel, cancellable);
}

/**
 * yeji_sql_set_cache:
 * @kib: 0: as many as usual
 *
 * Says how much of the database may stay in memory. What does not is written into the log, and read
 * again: worth it for a transaction that comes back to the same pages again and again.
 */
void
yeji_sql_set_cache (YejiSql *self,
                    guint    kib)
{
  g_autofree char *script = g_strdup_printf ("PRAGMA cache_size = -%u", kib > 0 ? kib : USUAL_CACHE);

  yeji_sql_run_script (self, script, NULL);
}

static int
look_at_clock (void *data)
{
  YejiSql *self = data;

  return g_get_monotonic_time () > self->deadline;
}

/**
 * yeji_sql_set_patience:
 * @microseconds: 0 for as long as it takes
 *
 * Bounds what statements may take together from now on: what takes longer fails with
 * %YEJI_DB_ERROR_GAVE_UP. For reading alone, as SQLite rolls back what was writing; set back to 0
 * before anything else is done.
 */
void
yeji_sql_set_patience (YejiSql *self,
                       gint64   microseconds)
{
  self->patience = microseconds;
  self->deadline = g_get_monotonic_time () + microseconds;
  sqlite3_progress_handler (self->connection, microseconds > 0 ? STEPS_BETWEEN_CLOCKS : 0,
                            look_at_clock, self);
}

void
yeji_sql_close (YejiSql *self)
{
  g_assert (self->n_running == 0);
  g_hash_table_unref (self->statements);
  if (sqlite3_close (self->connection) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (self->connection));
  g_free (self);
}

/**
 * yeji_sql_run_script: (skip)
 *
 * Runs several statements without values; what they yield is dropped.
 */
gboolean
yeji_sql_run_script (YejiSql     *self,
                     const char  *script,
                     GError     **error)
{
  if (sqlite3_exec (self->connection, script, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  report (self, "script", error);
  return FALSE;
}

gboolean
yeji_sql_begin (YejiSql  *self,
                GError  **error)
{
  return yeji_sql_exec (self, error, "BEGIN IMMEDIATE", "");
}

/**
 * yeji_sql_commit: (skip)
 *
 * Commits. What fails here is rolled back: nothing of it is in the database.
 */
gboolean
yeji_sql_commit (YejiSql  *self,
                 GError  **error)
{
  /* Rows that were not freed would keep the log from being checkpointed for ever. */
  g_assert (self->n_running == 0);
  if (yeji_sql_exec (self, error, "COMMIT", ""))
    return TRUE;
  yeji_sql_rollback (self);
  return FALSE;
}

void
yeji_sql_rollback (YejiSql *self)
{
  g_autoptr (GError) error = NULL;

  g_assert (self->n_running == 0);
  /* After a full disk or an I/O error SQLite has rolled back by itself. */
  if (!sqlite3_get_autocommit (self->connection) && !yeji_sql_exec (self, &error, "ROLLBACK", ""))
    g_critical ("rollback: %s", error->message);
}

/**
 * yeji_sql_exec:
 * @types: one character a value: s text (nullable), i gint64, d double, b GBytes (nullable)
 * @...: the values of `?1`, `?2`, ...; an int must be cast to gint64
 *
 * Runs one statement to its end.
 *
 * Returns: %FALSE with @error set when it fails
 */
gboolean
yeji_sql_exec (YejiSql     *self,
               GError     **error,
               const char  *statement,
               const char  *types,
               ...)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) local_error = NULL;
  va_list values;

  va_start (values, types);
  rows = query_va (self, statement, types, &values, error);
  va_end (values);
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    ;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static int
bind_value (sqlite3_stmt       *statement,
            int                 index,
            const YejiSqlValue *value)
{
  switch (value->kind)
    {
    case YEJI_SQL_INTEGER:
      return sqlite3_bind_int64 (statement, index, value->integer);
    case YEJI_SQL_REAL:
      return sqlite3_bind_double (statement, index, value->real);
    case YEJI_SQL_TEXT:
      return sqlite3_bind_text64 (statement, index, value->bytes != NULL ? value->bytes : "",
                                  value->length, SQLITE_TRANSIENT, SQLITE_UTF8);
    case YEJI_SQL_BLOB:
      return sqlite3_bind_blob64 (statement, index, value->bytes != NULL ? value->bytes : "",
                                  value->length, SQLITE_TRANSIENT);
    case YEJI_SQL_NULL:
    default:
      return sqlite3_bind_null (statement, index);
    }
}

/**
 * yeji_sql_exec_values: (skip)
 * @values: (array length=n_values): of `?1`, `?2`, ...
 *
 * Runs one statement to its end, as yeji_sql_exec() does.
 */
gboolean
yeji_sql_exec_values (YejiSql             *self,
                      const char          *statement,
                      const YejiSqlValue  *values,
                      guint                n_values,
                      GError             **error)
{
  g_autoptr (YejiRows) rows = start_rows (self, statement, error);
  g_autoptr (GError) local_error = NULL;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < n_values; i++)
    if (bind_value (rows->statement, (int) i + 1, &values[i]) != SQLITE_OK)
      {
        report (self, "bind", error);
        return FALSE;
      }
  while (yeji_rows_next (rows, &local_error))
    ;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * yeji_sql_query:
 * @types: as for yeji_sql_exec()
 *
 * Starts a statement; the first row is there after the first yeji_rows_next().
 *
 * Returns: (transfer full) (nullable): the rows, to be freed before the transaction ends
 */
YejiRows *
yeji_sql_query (YejiSql     *self,
                GError     **error,
                const char  *statement,
                const char  *types,
                ...)
{
  YejiRows *rows;
  va_list values;

  va_start (values, types);
  rows = query_va (self, statement, types, &values, error);
  va_end (values);
  return rows;
}

/**
 * yeji_sql_has_row:
 * @types: as for yeji_sql_exec()
 *
 * Starts a statement and ends it at its first row.
 *
 * Returns: 1 it has a row, 0 it has none, -1 with @error
 */
int
yeji_sql_has_row (YejiSql     *self,
                  GError     **error,
                  const char  *statement,
                  const char  *types,
                  ...)
{
  g_autoptr (YejiRows) rows = NULL;
  g_autoptr (GError) local_error = NULL;
  va_list values;

  va_start (values, types);
  rows = query_va (self, statement, types, &values, error);
  va_end (values);
  if (rows == NULL)
    return -1;
  if (yeji_rows_next (rows, &local_error))
    return 1;
  if (local_error == NULL)
    return 0;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

/**
 * yeji_sql_changes:
 *
 * Returns: how many rows the last INSERT, UPDATE or DELETE changed
 */
gint64
yeji_sql_changes (YejiSql *self)
{
  return sqlite3_changes64 (self->connection);
}

/**
 * yeji_sql_total_changes:
 *
 * Returns: how many rows were changed since the connection was made
 */
gint64
yeji_sql_total_changes (YejiSql *self)
{
  return sqlite3_total_changes64 (self->connection);
}

/**
 * yeji_sql_last_id:
 *
 * Returns: the rowid of the last INSERT
 */
gint64
yeji_sql_last_id (YejiSql *self)
{
  return sqlite3_last_insert_rowid (self->connection);
}

/**
 * yeji_rows_next:
 *
 * Steps to the next row. The end and a failure both give %FALSE: @error tells them apart, so a
 * caller that reads to the end must look at it.
 *
 * Returns: whether there is a row
 */
gboolean
yeji_rows_next (YejiRows  *self,
                GError   **error)
{
  int code = sqlite3_step (self->statement);

  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    report (self->sql, sqlite3_sql (self->statement), error);
  return FALSE;
}

/**
 * yeji_rows_text:
 *
 * Returns: (nullable): the text, good until the next step; %NULL for NULL
 */
const char *
yeji_rows_text (YejiRows *self,
                int       column)
{
  return (const char *) sqlite3_column_text (self->statement, column);
}

/**
 * yeji_rows_dup_text:
 *
 * Returns: (transfer full) (nullable): a copy of the text
 */
char *
yeji_rows_dup_text (YejiRows *self,
                    int       column)
{
  return g_strdup (yeji_rows_text (self, column));
}

/**
 * yeji_rows_int:
 *
 * Returns: the number, 0 for NULL
 */
gint64
yeji_rows_int (YejiRows *self,
               int       column)
{
  return sqlite3_column_int64 (self->statement, column);
}

/**
 * yeji_rows_bytes:
 *
 * Returns: (transfer full) (nullable): a copy of the blob; %NULL for NULL
 */
GBytes *
yeji_rows_bytes (YejiRows *self,
                 int       column)
{
  gconstpointer data;

  if (yeji_rows_is_null (self, column))
    return NULL;
  data = sqlite3_column_blob (self->statement, column);
  return g_bytes_new (data, sqlite3_column_bytes (self->statement, column));
}

gboolean
yeji_rows_is_null (YejiRows *self,
                   int       column)
{
  return sqlite3_column_type (self->statement, column) == SQLITE_NULL;
}

/**
 * yeji_rows_free:
 *
 * Ends the statement and keeps it prepared for its next use.
 */
void
yeji_rows_free (YejiRows *self)
{
  if (self == NULL)
    return;
  self->sql->n_running--;
  if (self->cached)
    {
      sqlite3_reset (self->statement);
      /* The copies of long texts need not wait for the next use. */
      sqlite3_clear_bindings (self->statement);
    }
  else
    sqlite3_finalize (self->statement);
  g_free (self);
}

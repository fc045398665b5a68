// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-db"

#include "config.h"

#include "yeji-db.h"

#include <glib/gstdio.h>
#include <string.h>

#include "yeji-platform.h"
#include "yeji-sql-copy.h"
#include "yeji-sql-private.h"
#include "yeji-worker.h"

/**
 * YejiDb:
 *
 * A database that one thread owns. Transactions are functions; they run in the order in which they
 * were given, whatever thread gave them.
 */
struct _YejiDb
{
  GObject parent_instance;

  YejiWorker *worker;
  char *path;
  gboolean reads;              /* and does nothing else */
  YejiSql *sql;                /* made before the thread starts, closed after it ended */

  GMutex mutex;                /* closed, and done of every Call */
  GCond cond;
  gboolean closed;
  gint damaged;                /* atomic: whether a transaction found the file damaged */

  const YejiDbWatch *watch;    /* (nullable): of the first write; the database's thread's */
  gpointer watch_data;
};

/* One transaction. */
typedef struct
{
  YejiDb *db;                  /* (unowned): must be closed, and so wait for us, before it dies */
  YejiDbFunc func;
  gpointer data;
  GDestroyNotify destroy;
  gboolean done;
  GError *error;
} Call;

G_DEFINE_FINAL_TYPE (YejiDb, yeji_db, G_TYPE_OBJECT)

static void
free_call (gpointer data)
{
  Call *call = data;

  if (call->destroy != NULL)
    call->destroy (call->data);
  g_free (call);
}

/* Of one that writes already, or does not mean to. */
static gboolean
run_begun (YejiSql     *sql,
           YejiDbFunc   func,
           gpointer     data,
           GError     **error)
{
  GError *local_error = NULL;

  if (func (sql, data, &local_error))
    return yeji_sql_commit (sql, error);
  /* Without a reason the caller would take the failure for a success. */
  g_assert (local_error != NULL);
  yeji_sql_rollback (sql);
  g_propagate_error (error, local_error);
  return FALSE;
}

static gboolean
run_transaction (YejiSql     *sql,
                 YejiDbFunc   func,
                 gpointer     data,
                 GError     **error)
{
  return yeji_sql_begin (sql, error) && run_begun (sql, func, data, error);
}

static gboolean
run_reading (YejiSql     *sql,
             YejiDbFunc   func,
             gpointer     data,
             GError     **error)
{
  return yeji_sql_exec (sql, error, "BEGIN", "") && run_begun (sql, func, data, error);
}

/* A transaction that is watched for a write. */
typedef struct
{
  Call *call;
  gint64 n_changes;            /* before it */
  gboolean wrote;
} Watched;

static gboolean
run_watched (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Watched *watched = data;
  YejiDb *db = watched->call->db;

  if (!watched->call->func (sql, watched->call->data, error))
    return FALSE;
  watched->wrote = yeji_sql_total_changes (sql) != watched->n_changes;
  return !watched->wrote || db->watch->before (sql, db->watch_data, error);
}

static gboolean
run_call_watched (Call    *call,
                  GError **error)
{
  YejiDb *db = call->db;
  Watched watched = { call, yeji_sql_total_changes (db->sql) };
  const YejiDbWatch *watch = db->watch;

  if (!run_transaction (db->sql, run_watched, &watched, error))
    return FALSE;
  if (!watched.wrote)
    return TRUE;
  db->watch = NULL;
  watch->after (db->watch_data);
  return TRUE;
}

static gboolean
run_call (Call    *call,
          GError **error)
{
  g_autoptr (GError) failure = NULL;

  gboolean done;

  if (call->db->reads)
    done = run_reading (call->db->sql, call->func, call->data, &failure);
  else if (call->db->watch != NULL)
    done = run_call_watched (call, &failure);
  else
    done = run_transaction (call->db->sql, call->func, call->data, &failure);
  if (done)
    return TRUE;
  if (g_error_matches (failure, YEJI_DB_ERROR, YEJI_DB_ERROR_DAMAGED))
    g_atomic_int_set (&call->db->damaged, TRUE);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
run_async_call (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Call *call = task_data;
  GError *error = NULL;

  if (run_call (call, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
run_blocking_call (GTask        *task,
                   gpointer      source_object,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  Call *call = task_data;
  YejiDb *db = call->db;

  run_call (call, &call->error);
  g_task_return_boolean (task, TRUE);
  g_mutex_lock (&db->mutex);
  call->done = TRUE;
  g_cond_broadcast (&db->cond);
  g_mutex_unlock (&db->mutex);
}

static void
yeji_db_finalize (GObject *object)
{
  YejiDb *self = YEJI_DB (object);

  g_assert (self->sql == NULL);
  g_free (self->path);
  g_clear_object (&self->worker);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  G_OBJECT_CLASS (yeji_db_parent_class)->finalize (object);
}

static void
yeji_db_class_init (YejiDbClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_db_finalize;
}

static void
yeji_db_init (YejiDb *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
}

/* Read back, as a copy that is none would be found out when it is needed. */
static gboolean
check_copy (const char  *part,
            guint        version,
            GError     **error)
{
  g_autoptr (YejiSql) copy = yeji_sql_open_read_only (part, error);
  guint copied;

  if (copy == NULL || !yeji_sql_check (copy, NULL, error)
      || !yeji_sql_read_version (copy, &copied, error))
    return FALSE;
  if (copied == version)
    return TRUE;
  g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, "%s: is no copy", part);
  return FALSE;
}

/* A copy, so that a step that loses something has not lost it: on the disk before the step runs. */
static gboolean
copy_before_migration (YejiSql     *sql,
                       const char  *copy,
                       guint        version,
                       GError     **error)
{
  g_autofree char *part = g_strconcat (copy, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (copy);
  g_autoptr (GError) local_error = NULL;

  yeji_platform_remove (part);
  if (!yeji_sql_copy_into (sql, part, NULL, error))
    return FALSE;
  if (!check_copy (part, version, error))
    {
      yeji_platform_remove (part);
      return FALSE;
    }
  if (yeji_platform_rename (part, copy) != 0)
    {
      g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, "%s: cannot be renamed", part);
      yeji_platform_remove (part);
      return FALSE;
    }
  if (yeji_platform_sync_directory (folder, &local_error))
    return TRUE;
  g_set_error_literal (error, YEJI_DB_ERROR, YEJI_DB_ERROR_IO, local_error->message);
  return FALSE;
}

/* The steps that are to run, as one transaction: a version in the middle, which no program knows as
 * its own, is never left behind. */
typedef struct
{
  const YejiMigration *migrations;
  guint version;
  guint n_migrations;
} Steps;

static gboolean
do_rebuild (const Steps *steps)
{
  for (guint i = steps->version; i < steps->n_migrations; i++)
    if (steps->migrations[i].rebuilds)
      return TRUE;
  return FALSE;
}

static gboolean
check_references (YejiSql  *sql,
                  GError  **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error, "PRAGMA foreign_key_check", "");

  if (rows == NULL)
    return FALSE;
  if (!yeji_rows_next (rows, &local_error) && local_error == NULL)
    return TRUE;
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_CONSTRAINT, "%s refers to what is not there",
                 yeji_rows_text (rows, 0));
  return FALSE;
}

static gboolean
run_steps (YejiSql   *sql,
           gpointer   data,
           GError   **error)
{
  const Steps *steps = data;

  for (guint i = steps->version; i < steps->n_migrations; i++)
    {
      g_autofree char *script = g_strdup_printf ("%s; PRAGMA user_version = %u",
                                                 steps->migrations[i].sql, i + 1);

      if (!yeji_sql_run_script (sql, script, error))
        {
          g_prefix_error (error, "%s: ", steps->migrations[i].name);
          return FALSE;
        }
    }
  return !do_rebuild (steps) || check_references (sql, error);
}

/* SQLite lets references be left alone outside of a transaction only:
 * https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes". */
static gboolean
run_all_steps (YejiSql  *sql,
               Steps    *steps,
               GError  **error)
{
  gboolean done;

  if (!do_rebuild (steps))
    return run_transaction (sql, run_steps, steps, error);
  if (!yeji_sql_run_script (sql, "PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON", error))
    return FALSE;
  done = run_transaction (sql, run_steps, steps, error);
  return yeji_sql_run_script (sql, "PRAGMA legacy_alter_table = OFF; PRAGMA foreign_keys = ON",
                              done ? error : NULL)
         && done;
}

static gboolean
require_known (const char  *path,
               guint        version,
               guint        n_migrations,
               GError     **error)
{
  if (version <= n_migrations)
    return TRUE;
  g_set_error (error, YEJI_DB_ERROR, YEJI_DB_ERROR_NEWER,
               "%s has version %u, this program knows %u", path, version, n_migrations);
  return FALSE;
}

static gboolean
has_log (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf status;

  return g_stat (log, &status) == 0 && status.st_size > 0;
}

/* Of a database without a log: bytes 60 to 63 of the file, https://sqlite.org/fileformat.html. */
static guint
peek_version (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  guint8 header[64];
  gsize length = 0;
  guint32 version;

  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), header, sizeof header, &length, NULL,
                                   NULL)
      || length < sizeof header || memcmp (header, "SQLite format 3", 16) != 0)
    return 0;
  memcpy (&version, header + 60, sizeof version);
  return GUINT32_FROM_BE (version);
}

/* A look that writes nothing: to open a database for writing, and to close it, moves what stands in
 * its log, and a newer program's files are left as they are. What cannot be read is left to the
 * opening, which says why. */
static gboolean
look_for_newer (const char  *path,
                guint        n_migrations,
                GError     **error)
{
  g_autoptr (YejiSql) sql = NULL;
  guint version;

  if (!has_log (path))
    return require_known (path, peek_version (path), n_migrations, error);
  sql = yeji_sql_open_read_only (path, NULL);
  return sql == NULL || !yeji_sql_read_version (sql, &version, NULL)
    || require_known (path, version, n_migrations, error);
}

static gboolean
migrate (YejiSql              *sql,
         const char           *path,
         const YejiMigration  *migrations,
         guint                 n_migrations,
         YejiDbCopyFunc        name_copy,
         gpointer              data,
         GError              **error)
{
  Steps steps = { migrations, 0, n_migrations };
  guint version;

  if (!yeji_sql_read_version (sql, &version, error)
      || !require_known (path, version, n_migrations, error))
    return FALSE;
  if (version > 0 && version < n_migrations)
    {
      g_autofree char *copy = name_copy (path, version, data, error);

      if (copy == NULL || !copy_before_migration (sql, copy, version, error))
        return FALSE;
    }
  steps.version = version;
  if (version == n_migrations || run_all_steps (sql, &steps, error))
    return TRUE;
  g_prefix_error (error, "%s: ", path);
  return FALSE;
}

/* One that an earlier attempt left may be older than what is there now. */
static char *
name_copy_beside (const char  *path,
                  guint        version,
                  gpointer     data,
                  GError     **error)
{
  return g_strdup_printf ("%s.version-%u", path, version);
}

/**
 * yeji_db_open:
 * @path: the file, made when there is none
 * @migrations: (array length=n_migrations): the schema's steps; those that are missing run in one
 *     transaction
 *
 * Opens a database, brings its schema up to date and starts its thread. Before an existing
 * database is migrated it is copied to `PATH.version-N`. Blocks.
 *
 * Returns: (transfer full) (nullable): the database, to be closed with yeji_db_close()
 */
YejiDb *
yeji_db_open (const char           *path,
              const YejiMigration  *migrations,
              guint                 n_migrations,
              GError              **error)
{
  return yeji_db_open_with_copy (path, migrations, n_migrations, name_copy_beside, NULL, error);
}

/**
 * yeji_db_open_with_copy:
 * @name_copy: called before an existing database is migrated: where the copy of it goes
 * @data: for @name_copy
 *
 * As yeji_db_open(). The copy is on the disk before the first step runs; when it cannot be made,
 * nothing is migrated and the database is not opened.
 *
 * Returns: (transfer full) (nullable): the database, to be closed with yeji_db_close()
 */
YejiDb *
yeji_db_open_with_copy (const char           *path,
                        const YejiMigration  *migrations,
                        guint                 n_migrations,
                        YejiDbCopyFunc        name_copy,
                        gpointer              data,
                        GError              **error)
{
  g_autoptr (YejiSql) sql = NULL;
  YejiDb *self;

  g_return_val_if_fail (path != NULL, NULL);

  if (!look_for_newer (path, n_migrations, error))
    return NULL;
  sql = yeji_sql_open (path, error);
  if (sql == NULL || !migrate (sql, path, migrations, n_migrations, name_copy, data,
                                error))
    return NULL;
  self = g_object_new (YEJI_TYPE_DB, NULL);
  self->path = g_strdup (path);
  self->sql = g_steal_pointer (&sql);
  self->worker = yeji_worker_new ("yeji-db");
  return self;
}

/**
 * yeji_db_open_reader:
 * @self: an open database
 *
 * Opens it a second time, on a thread of its own: what is only read there does not wait while
 * something is written, and sees all that was committed before. A statement that writes fails with
 * %YEJI_DB_ERROR_READ_ONLY. Blocks.
 *
 * Returns: (transfer full) (nullable): the reader, to be closed before @self
 */
YejiDb *
yeji_db_open_reader (YejiDb  *self,
                     GError **error)
{
  YejiSql *sql;
  YejiDb *reader;

  g_return_val_if_fail (YEJI_IS_DB (self), NULL);

  sql = yeji_sql_open_read_only (self->path, error);
  if (sql == NULL)
    return NULL;
  reader = g_object_new (YEJI_TYPE_DB, NULL);
  reader->path = g_strdup (self->path);
  reader->reads = TRUE;
  reader->sql = sql;
  reader->worker = yeji_worker_new ("yeji-db-reader");
  return reader;
}

/**
 * yeji_db_watch_first_write:
 * @watch: (transfer none): static
 *
 * To be called before the first transaction is given.
 */
void
yeji_db_watch_first_write (YejiDb            *self,
                           const YejiDbWatch *watch,
                           gpointer           data)
{
  g_return_if_fail (YEJI_IS_DB (self));

  self->watch = watch;
  self->watch_data = data;
}

/* Queues behind everything that was given before; FALSE when the database was closed. */
static gboolean
push (YejiDb          *self,
      GTask           *task,
      GTaskThreadFunc  func)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->closed)
    return FALSE;
  yeji_worker_push (self->worker, task, func);
  return TRUE;
}

static GError *
new_closed_error (void)
{
  return g_error_new_literal (YEJI_DB_ERROR, YEJI_DB_ERROR_CLOSED, "the database was closed");
}

/**
 * yeji_db_run:
 *
 * Runs a transaction and waits for it. Never to be called on the database's own thread, where it
 * would wait for itself.
 *
 * Returns: whether it was committed; %YEJI_DB_ERROR_CLOSED after yeji_db_close()
 */
gboolean
yeji_db_run (YejiDb      *self,
             YejiDbFunc   func,
             gpointer     data,
             GError     **error)
{
  g_autoptr (GMainContext) context = NULL;
  g_autoptr (GTask) task = NULL;
  Call call = { self, func, data };

  g_return_val_if_fail (YEJI_IS_DB (self), FALSE);
  g_assert (!yeji_worker_is_current (self->worker));

  /* A returned task waits in its context for a loop, and a blocking caller may have none: so it
   * gets a context of its own, which is emptied at the end. It has no source object, or the
   * database's thread might drop the last reference to the database. */
  context = g_main_context_new ();
  g_main_context_push_thread_default (context);
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_main_context_pop_thread_default (context);
  g_task_set_source_tag (task, yeji_db_run);
  g_task_set_task_data (task, &call, NULL);

  if (push (self, task, run_blocking_call))
    {
      g_mutex_lock (&self->mutex);
      while (!call.done)
        g_cond_wait (&self->cond, &self->mutex);
      g_mutex_unlock (&self->mutex);
    }
  else
    {
      call.error = new_closed_error ();
      g_task_return_boolean (task, FALSE);
    }
  while (g_main_context_iteration (context, FALSE))
    ;
  if (call.error == NULL)
    return TRUE;
  g_propagate_error (error, call.error);
  return FALSE;
}

/**
 * yeji_db_run_async:
 * @destroy: (nullable): frees @data, on any thread
 *
 * Queues a transaction. One that has begun is not cancelled any more, and its answer is what
 * became of it.
 */
void
yeji_db_run_async (YejiDb              *self,
                   YejiDbFunc           func,
                   gpointer             data,
                   GDestroyNotify       destroy,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Call *call;

  g_return_if_fail (YEJI_IS_DB (self));

  call = g_new0 (Call, 1);
  call->db = self;
  call->func = func;
  call->data = data;
  call->destroy = destroy;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, yeji_db_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, free_call);
  if (!push (self, task, run_async_call))
    g_task_return_error (task, new_closed_error ());
}

/**
 * yeji_db_run_finish:
 *
 * Returns: whether it was committed
 */
gboolean
yeji_db_run_finish (YejiDb        *self,
                    GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * yeji_db_is_damaged:
 *
 * Returns: whether a transaction failed with %YEJI_DB_ERROR_DAMAGED; from any thread, after closing
 * too
 */
gboolean
yeji_db_is_damaged (YejiDb *self)
{
  g_return_val_if_fail (YEJI_IS_DB (self), FALSE);

  return g_atomic_int_get (&self->damaged);
}

/**
 * yeji_db_close:
 *
 * Runs every transaction that was given before, ends the thread and closes the file. Blocks. A
 * second call does nothing.
 */
void
yeji_db_close (YejiDb *self)
{
  g_return_if_fail (YEJI_IS_DB (self));

  g_mutex_lock (&self->mutex);
  if (self->closed)
    {
      g_mutex_unlock (&self->mutex);
      return;
    }
  self->closed = TRUE;
  g_mutex_unlock (&self->mutex);

  yeji_worker_close (self->worker);
  g_clear_pointer (&self->sql, yeji_sql_close);
}

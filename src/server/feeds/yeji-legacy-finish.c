// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-legacy"

#include "config.h"

#include "yeji-legacy-finish.h"

#include "yeji-legacy-publish.h"
#include "yeji-legacy-stage.h"
#include "yeji-platform.h"
#include "yeji-worker.h"

/* Records of one transaction: reviewers and enterprises are at work meanwhile. */
#define STEP 50

struct _YejiLegacyFinish
{
  YejiServerContext *context;  /* (unowned): lives longer */
  char *data_dir;
  YejiDb *db;
  YejiWorker *worker;
  GCancellable *cancellable;
};

/* A file of which not all records are there. */
typedef struct
{
  char *sha256;
  char *name;
} Begun;

static void
free_begun (gpointer data)
{
  Begun *begun = data;

  g_free (begun->sha256);
  g_free (begun->name);
  g_free (begun);
}

static gboolean
run_list (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  GPtrArray *list = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT sha256, name FROM legacy_import"
                                              " WHERE state = 'begun' ORDER BY at", "");

  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    {
      Begun *begun = g_new0 (Begun, 1);

      begun->sha256 = yeji_rows_dup_text (rows, 0);
      begun->name = yeji_rows_dup_text (rows, 1);
      g_ptr_array_add (list, begun);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
finish_one (YejiLegacyFinish  *self,
            const Begun       *begun,
            GError           **error)
{
  g_autoptr (YejiDb) stage = yeji_legacy_stage_open_again (self->data_dir, begun->sha256, error);
  gboolean done;

  if (stage == NULL)
    return FALSE;
  done = yeji_legacy_publish (stage, self->db, self->context, begun->sha256, begun->name, STEP,
                              self->cancellable, error);
  yeji_db_close (stage);
  return done && yeji_legacy_stage_remove (self->data_dir, begun->sha256, error);
}

/* While somebody imports, what was begun is his. */
static void
finish_all (YejiLegacyFinish *self)
{
  g_autofree char *path = g_build_filename (self->data_dir, "imports", "lock", NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_begun);
  g_autoptr (GError) failure = NULL;
  g_autoptr (YejiLock) lock = NULL;

  if (!yeji_db_run (self->db, run_list, list, &failure) || list->len == 0)
    return;
  lock = yeji_platform_lock (path, NULL, &failure);
  for (guint i = 0; lock != NULL && i < list->len; i++)
    {
      const Begun *begun = g_ptr_array_index (list, i);
      g_autoptr (GError) error = NULL;

      if (finish_one (self, begun, &error))
        g_message ("%s, which was half taken over, is there", begun->name);
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("%s is half taken over: %s", begun->name, error->message);
    }
}

static void
work (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  finish_all (data);
  g_task_return_boolean (task, TRUE);
}

/**
 * yeji_legacy_finish_new:
 *
 * Looks for files that were begun to be taken over, and takes over the rest, on a thread of its own
 * and in small steps. What fails waits for the next start, or for who imports the file again.
 *
 * Returns: (transfer full): to be ended with yeji_legacy_finish_close()
 */
YejiLegacyFinish *
yeji_legacy_finish_new (YejiServerContext *context,
                        const char        *data_dir,
                        YejiDb            *db)
{
  YejiLegacyFinish *self = g_new0 (YejiLegacyFinish, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  self->context = context;
  self->data_dir = g_strdup (data_dir);
  self->db = g_object_ref (db);
  self->cancellable = g_cancellable_new ();
  self->worker = yeji_worker_new ("yeji-legacy");
  g_task_set_task_data (task, self, NULL);
  yeji_worker_push (self->worker, task, work);
  return self;
}

/**
 * yeji_legacy_finish_close:
 * @self: (transfer full)
 *
 * Ends it behind the step that is at work, while the database is open. Blocks.
 */
void
yeji_legacy_finish_close (YejiLegacyFinish *self)
{
  g_cancellable_cancel (self->cancellable);
  yeji_worker_close (self->worker);
  g_clear_object (&self->worker);
  g_object_unref (self->cancellable);
  g_object_unref (self->db);
  g_free (self->data_dir);
  g_free (self);
}

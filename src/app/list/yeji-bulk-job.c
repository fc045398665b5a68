// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-bulk-job"

#include "config.h"

#include "yeji-bulk-job.h"

#include "yeji-background.h"
#include "yeji-messages.h"

/* How often it is said how far a job is. */
#define PROGRESS_MS 80

/* One thing that is done with many records, one after the other. */
typedef struct
{
  YejiStore *store;
  GStrv uuids;
  guint n_all;
  int n_done;                  /* atomic */
  YejiBulkStep step;
  gpointer data;
  GDestroyNotify free_data;    /* (nullable) */
  YejiBulkProgress progress;
  GCancellable *cancellable;
  GAsyncReadyCallback callback;
  gpointer user_data;
  guint timer;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_clear_handle_id (&job->timer, g_source_remove);
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_object_unref (job->store);
  g_object_unref (job->cancellable);
  g_strfreev (job->uuids);
  g_free (job);
}

static void
free_result (gpointer data)
{
  YejiBulkResult *result = data;

  g_free (result->uuid);
  g_free (result->name);
  g_free (result->text);
  g_ptr_array_unref (result->made);
  g_free (result);
}

/* A record that fails does not keep the others from their turn. */
static YejiBulkResult *
do_step (Job        *job,
         const char *uuid)
{
  YejiBulkResult *result = g_new0 (YejiBulkResult, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (job->store, uuid, &error);

  result->uuid = g_strdup (uuid);
  result->made = g_ptr_array_new_with_free_func (g_free);
  if (entry != NULL)
    {
      result->name = g_strdup (yeji_entry_get_name (entry));
      result->done = job->step (job->store, entry, job->data, result, job->cancellable, &error);
    }
  if (error != NULL && result->text == NULL)
    result->text = yeji_error_to_sentence (error);
  if (error != NULL)
    g_message ("%s: %s", uuid, error->message);
  return result;
}

static gpointer
run (gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  Job *job = data;
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (free_result);

  for (guint i = 0; i < job->n_all && !g_cancellable_is_cancelled (job->cancellable); i++)
    {
      g_ptr_array_add (results, do_step (job, job->uuids[i]));
      g_atomic_int_inc (&job->n_done);
    }
  return g_steal_pointer (&results);
}

static gboolean
tell (gpointer data)
{
  Job *job = data;

  job->progress ((guint) g_atomic_int_get (&job->n_done), job->n_all, job->user_data);
  return G_SOURCE_CONTINUE;
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Job *job = data;

  g_clear_handle_id (&job->timer, g_source_remove);
  job->callback (source, result, job->user_data);
}

/**
 * yeji_bulk_job_run_async:
 * @data: for @step; freed on this thread, after the callback
 * @progress: called now and then until it is done, the first time at once
 * @cancellable: stops it after the record that is worked on
 * @user_data: for @progress and @callback
 *
 * Does something with many records, away from the window.
 */
void
yeji_bulk_job_run_async (YejiStore           *store,
                         const char * const  *uuids,
                         YejiBulkStep         step,
                         gpointer             data,
                         GDestroyNotify       free_data,
                         YejiBulkProgress     progress,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  job->store = g_object_ref (store);
  job->uuids = g_strdupv ((GStrv) uuids);
  job->n_all = g_strv_length (job->uuids);
  job->step = step;
  job->data = data;
  job->free_data = free_data;
  job->progress = progress;
  job->cancellable = g_object_ref (cancellable);
  job->callback = callback;
  job->user_data = user_data;
  job->timer = g_timeout_add (PROGRESS_MS, tell, job);
  tell (job);
  yeji_background_run (store, run, job, free_job, (GDestroyNotify) g_ptr_array_unref, on_done, job);
}

/**
 * yeji_bulk_job_run_finish:
 *
 * Returns: (transfer full) (element-type YejiBulkResult): of each record that had its turn
 */
GPtrArray *
yeji_bulk_job_run_finish (GAsyncResult *result)
{
  return yeji_background_finish (result, NULL);
}

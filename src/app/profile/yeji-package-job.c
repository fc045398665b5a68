// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-package-job"

#include "config.h"

#include "yeji-package-job.h"

/* How often the bar is told. */
#define PROGRESS_MS 100

struct _YejiPackageJob
{
  YejiPackageWork work;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  GtkProgressBar *bar;         /* (nullable): weak */
  guint ticker;
  GMutex mutex;                /* the two below, which another thread tells */
  guint64 done;
  guint64 total;
};

static void
free_job (gpointer data)
{
  YejiPackageJob *self = data;

  g_clear_handle_id (&self->ticker, g_source_remove);
  g_clear_weak_pointer (&self->bar);
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static gboolean
show_progress (gpointer data)
{
  YejiPackageJob *self = data;

  if (self->bar == NULL)
    {
      self->ticker = 0;
      return G_SOURCE_REMOVE;
    }
  g_mutex_lock (&self->mutex);
  if (self->total > 0)
    gtk_progress_bar_set_fraction (self->bar, (double) self->done / (double) self->total);
  else
    gtk_progress_bar_pulse (self->bar);
  g_mutex_unlock (&self->mutex);
  return G_SOURCE_CONTINUE;
}

/**
 * yeji_package_job_advance:
 * @job: a #YejiPackageJob
 *
 * A #YejiBackupProgressFunc; may be called on any thread.
 */
void
yeji_package_job_advance (guint64  done,
                          guint64  total,
                          gpointer job)
{
  YejiPackageJob *self = job;

  g_mutex_lock (&self->mutex);
  self->done = done;
  self->total = total;
  g_mutex_unlock (&self->mutex);
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      task_data,
     GCancellable *cancellable)
{
  YejiPackageJob *self = task_data;
  GError *error = NULL;
  gpointer result = self->work (self, self->data, cancellable, &error);

  if (result != NULL)
    g_task_return_pointer (task, result, self->free_result);
  else
    g_task_return_error (task, error);
}

/**
 * yeji_package_job_run:
 * @bar: shows how far it is, as long as it is there
 * @cancellable: ends the work
 * @callback: called also when it was cancelled
 *
 * Begins the work.
 */
void
yeji_package_job_run (GtkProgressBar      *bar,
                      GCancellable        *cancellable,
                      YejiPackageWork      work,
                      gpointer             data,
                      GDestroyNotify       free_data,
                      GDestroyNotify       free_result,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  YejiPackageJob *self = g_new0 (YejiPackageJob, 1);

  self->work = work;
  self->data = data;
  self->free_data = free_data;
  self->free_result = free_result;
  g_set_weak_pointer (&self->bar, bar);
  g_mutex_init (&self->mutex);
  gtk_progress_bar_set_fraction (bar, 0);
  self->ticker = g_timeout_add (PROGRESS_MS, show_progress, self);
  g_task_set_source_tag (task, yeji_package_job_run);
  /* Something was done or it was not: who waits is told which. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, free_job);
  g_task_run_in_thread (task, run);
}

/**
 * yeji_package_job_finish:
 *
 * Returns: (transfer full) (nullable): what the work returned
 */
gpointer
yeji_package_job_finish (GAsyncResult  *result,
                         GError       **error)
{
  YejiPackageJob *self = g_task_get_task_data (G_TASK (result));

  g_clear_handle_id (&self->ticker, g_source_remove);
  return g_task_propagate_pointer (G_TASK (result), error);
}

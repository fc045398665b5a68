// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-background"

#include "config.h"

#include "yeji-background.h"

#include <gtk/gtk.h>

typedef struct
{
  YejiBackgroundFunc func;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  gpointer source;             /* (nullable) */
  GAsyncReadyCallback callback; /* (nullable) */
  gpointer user_data;
  gulong ended;                /* of a source that is a window */
} Job;

/* A window that a job keeps alive may outlive its parent, to which it would turn at last: GTK 4.8
 * forgets a parent that takes the window with it only when the window itself is gone. */
static void
on_unrealized (GtkWindow *window)
{
  gtk_window_set_transient_for (window, NULL);
}

static void
job_free (Job *job)
{
  if (job->free_data != NULL)
    job->free_data (job->data);
  if (job->source != NULL)
    g_clear_signal_handler (&job->ended, job->source);
  g_clear_object (&job->source);
  g_free (job);
}

static void
run_job (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  gpointer result = job->func (job->data, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, result, job->free_result);
}

/* The thread may be the last to let the task go, and no widget and no draft must end there. So the
 * task owns none of them: they are let go here, where they belong. */
static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Job *job = data;

  if (job->callback != NULL)
    job->callback (job->source, result, job->user_data);
  job_free (job);
}

/**
 * yeji_background_run:
 * @source: (type GObject) (nullable): kept alive until the callback ran, which gets it; the result
 *     does not have it
 * @data: (transfer full): what @func gets; freed on this thread, after the callback
 * @callback: (nullable)
 *
 * Runs a blocking call, one on the store above all, away from the window.
 */
void
yeji_background_run (gpointer            source,
                     YejiBackgroundFunc  func,
                     gpointer            data,
                     GDestroyNotify      free_data,
                     GDestroyNotify      free_result,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  Job *job = g_new (Job, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_done, job);

  *job = (Job) { func, data, free_data, free_result, NULL, callback, user_data, 0 };
  g_set_object (&job->source, source);
  if (GTK_IS_WINDOW (source))
    job->ended = g_signal_connect (source, "unrealize", G_CALLBACK (on_unrealized), NULL);
  g_task_set_source_tag (task, yeji_background_run);
  g_task_set_task_data (task, job, NULL);
  g_task_run_in_thread (task, run_job);
}

/**
 * yeji_background_finish:
 *
 * Returns: (transfer full): what the function returned; %NULL with @error set when it failed
 */
gpointer
yeji_background_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-page-lane"

#include "config.h"

#include "yeji-page-lane.h"

/* Nobody waits longer for a page. A scan of 20 MB takes a second. */
#define PATIENCE_MS 10000

/* As many threads may be lost to documents that never end; then nothing is decoded any more. */
#define MAX_LOST 4

/* What is asked, and what came of it. The thread holds one reference, the lane another; what is
 * written by the thread is read by the lane after the thread has handed the job back. */
typedef struct
{
  GWeakRef lane;
  GTask *task;                 /* (nullable): NULL when it was answered */
  GFile *file;
  YejiPageFunc func;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  GCancellable *stop;
  YejiPageSource *source;      /* (nullable): what stays open */
  GFile *source_file;          /* (nullable) */
  gpointer result;             /* (nullable) */
  GError *error;               /* (nullable) */
  gint64 started;              /* monotonic */
} Job;

struct _YejiPageLane
{
  GObject parent_instance;

  GQueue waiting;              /* (element-type Job) */
  Job *running;                /* (nullable) */
  guint timeout;
  guint patience;
  YejiPageSource *source;      /* (nullable): left open by the last job */
  GFile *source_file;          /* (nullable) */
  GHashTable *slow;            /* (element-type GFile): not tried again */
  guint n_lost;
};

G_DEFINE_FINAL_TYPE (YejiPageLane, yeji_page_lane, G_TYPE_OBJECT)

static void start_next (YejiPageLane *self);   /* and it is what the end of a job does */

static void
clear_job (gpointer data)
{
  Job *job = data;

  g_weak_ref_clear (&job->lane);
  g_clear_object (&job->task);
  g_object_unref (job->file);
  if (job->free_data != NULL)
    job->free_data (job->data);
  if (job->result != NULL)
    job->free_result (job->result);
  g_clear_error (&job->error);
  g_clear_pointer (&job->source, yeji_page_source_close);
  g_clear_object (&job->source_file);
  g_object_unref (job->stop);
}

static void
job_unref (Job *job)
{
  g_atomic_rc_box_release_full (job, clear_job);
}

static void
refuse (GTask         *task,
        YejiPageError  code,
        const char    *why)
{
  g_task_return_new_error (task, YEJI_PAGE_ERROR, (int) code, "%s", why);
}

static void
answer (Job *job)
{
  g_autoptr (GTask) task = g_steal_pointer (&job->task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&job->result), job->free_result);
}

/* Back in the window's thread. A job that was given up is only thrown away. */
static gboolean
on_ended (gpointer data)
{
  Job *job = data;
  g_autoptr (YejiPageLane) self = g_weak_ref_get (&job->lane);

  if (self != NULL && self->running == job)
    {
      g_clear_handle_id (&self->timeout, g_source_remove);
      self->running = NULL;
      self->source = g_steal_pointer (&job->source);
      self->source_file = g_steal_pointer (&job->source_file);
      answer (job);
      job_unref (job);
      start_next (self);
    }
  else if (self != NULL && self->n_lost > 0)
    self->n_lost--;
  job_unref (job);
  return G_SOURCE_REMOVE;
}

static gpointer
run (gpointer data)
{
  Job *job = data;

  if (job->source != NULL && !g_file_equal (job->source_file, job->file))
    g_clear_pointer (&job->source, yeji_page_source_close);
  g_set_object (&job->source_file, job->file);
  job->result = job->func (job->file, &job->source, job->data, job->stop, &job->error);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_ended, job, NULL);
  return NULL;
}

static gboolean
on_timeout (gpointer data)
{
  YejiPageLane *self = data;
  Job *job = g_steal_pointer (&self->running);
  g_autoptr (GTask) task = g_steal_pointer (&job->task);

  self->timeout = 0;
  self->n_lost++;
  g_hash_table_add (self->slow, g_object_ref (job->file));
  g_cancellable_cancel (job->stop);
  refuse (task, YEJI_PAGE_ERROR_SLOW, "takes too long");
  job_unref (job);
  start_next (self);
  return G_SOURCE_REMOVE;
}

/* Whether there is anything to do for a job; if not, it is answered. */
static gboolean
is_wanted (YejiPageLane *self,
           Job          *job)
{
  if (g_task_return_error_if_cancelled (job->task))
    return FALSE;
  if (!g_hash_table_contains (self->slow, job->file) && self->n_lost < MAX_LOST)
    return TRUE;
  refuse (job->task, YEJI_PAGE_ERROR_SLOW, "took too long before");
  return FALSE;
}

static void
start_next (YejiPageLane *self)
{
  while (self->running == NULL && !g_queue_is_empty (&self->waiting))
    {
      Job *job = g_queue_pop_head (&self->waiting);

      if (!is_wanted (self, job))
        {
          job_unref (job);
          continue;
        }
      self->running = job;
      job->source = g_steal_pointer (&self->source);
      job->source_file = g_steal_pointer (&self->source_file);
      self->timeout = g_timeout_add (self->patience, on_timeout, self);
      g_thread_unref (g_thread_new ("yeji-pages", run, g_atomic_rc_box_acquire (job)));
    }
}

static void
yeji_page_lane_finalize (GObject *object)
{
  YejiPageLane *self = YEJI_PAGE_LANE (object);

  /* A task holds the lane: nothing waits and nothing runs. */
  g_assert (self->running == NULL && g_queue_is_empty (&self->waiting));
  g_clear_pointer (&self->source, yeji_page_source_close);
  g_clear_object (&self->source_file);
  g_hash_table_unref (self->slow);
  G_OBJECT_CLASS (yeji_page_lane_parent_class)->finalize (object);
}

static void
yeji_page_lane_class_init (YejiPageLaneClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_page_lane_finalize;
}

static void
yeji_page_lane_init (YejiPageLane *self)
{
  g_queue_init (&self->waiting);
  self->patience = PATIENCE_MS;
  self->slow = g_hash_table_new_full (g_file_hash, (GEqualFunc) g_file_equal, g_object_unref, NULL);
}

/**
 * yeji_page_lane_new:
 *
 * Returns: (transfer full): a lane of its own
 */
YejiPageLane *
yeji_page_lane_new (void)
{
  return g_object_new (YEJI_TYPE_PAGE_LANE, NULL);
}

/**
 * yeji_page_lane_get_front:
 *
 * Returns: (transfer none): the lane of the page that somebody looks at
 */
YejiPageLane *
yeji_page_lane_get_front (void)
{
  static YejiPageLane *lane;

  if (lane == NULL)
    lane = yeji_page_lane_new ();
  return lane;
}

/**
 * yeji_page_lane_get_back:
 *
 * Returns: (transfer none): the lane of small pictures, of which there are many
 */
YejiPageLane *
yeji_page_lane_get_back (void)
{
  static YejiPageLane *lane;

  if (lane == NULL)
    lane = yeji_page_lane_new ();
  return lane;
}

/**
 * yeji_page_lane_set_patience:
 *
 * Sets how long a job may take from when it begins.
 */
void
yeji_page_lane_set_patience (YejiPageLane *self,
                             guint         milliseconds)
{
  self->patience = milliseconds;
}

/**
 * yeji_page_lane_forget:
 *
 * Closes the document that the last job has left open, which may hold 100 MB of pixels.
 */
void
yeji_page_lane_forget (YejiPageLane *self)
{
  g_clear_pointer (&self->source, yeji_page_source_close);
  g_clear_object (&self->source_file);
}

/**
 * yeji_page_lane_run_async:
 * @data: (transfer full): what @func gets, freed on either thread
 * @cancellable: (nullable): a job that waits is dropped, one that runs is stopped where it can be
 *
 * Puts a job at the end of the lane. All of this happens on the window's thread.
 */
void
yeji_page_lane_run_async (YejiPageLane        *self,
                          GFile               *file,
                          YejiPageFunc         func,
                          gpointer             data,
                          GDestroyNotify       free_data,
                          GDestroyNotify       free_result,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Job *job = g_atomic_rc_box_new0 (Job);

  g_return_if_fail (YEJI_IS_PAGE_LANE (self));
  g_return_if_fail (G_IS_FILE (file));

  g_weak_ref_init (&job->lane, self);
  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, yeji_page_lane_run_async);
  job->file = g_object_ref (file);
  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  job->stop = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  /* It is cancelled when time is up, and that is not what is to be told then. */
  g_task_set_check_cancellable (job->task, FALSE);
  g_queue_push_tail (&self->waiting, job);
  start_next (self);
}

/**
 * yeji_page_lane_run_finish:
 *
 * Returns: (transfer full): what the function returned; %NULL with %YEJI_PAGE_ERROR or %G_IO_ERROR
 */
gpointer
yeji_page_lane_run_finish (YejiPageLane  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

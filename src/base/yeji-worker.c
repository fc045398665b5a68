// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-worker"

#include "config.h"

#include "yeji-worker.h"

/**
 * YejiWorker:
 *
 * One thread that runs tasks in the order in which they were pushed. Its end is explicit: a join in
 * dispose would race with the unref of the last task, which may happen on the thread itself.
 */
struct _YejiWorker
{
  GObject parent_instance;

  GAsyncQueue *queue;
  GThread *thread;
};

typedef struct
{
  GTask *task;                 /* (nullable) */
  GTaskThreadFunc func;        /* with a task */
  YejiWorkerFunc call;         /* without one */
  gpointer data;
} Job;

static Job stop_marker;

G_DEFINE_FINAL_TYPE (YejiWorker, yeji_worker, G_TYPE_OBJECT)

static void
run_task (Job *job)
{
  if (!g_task_return_error_if_cancelled (job->task))
    job->func (job->task,
               g_task_get_source_object (job->task),
               g_task_get_task_data (job->task),
               g_task_get_cancellable (job->task));
  g_object_unref (job->task);
}

static gpointer
run_jobs (gpointer data)
{
  g_autoptr (GAsyncQueue) queue = data;

  for (Job *job = g_async_queue_pop (queue); job != &stop_marker; job = g_async_queue_pop (queue))
    {
      if (job->task != NULL)
        run_task (job);
      else
        job->call (job->data);
      g_free (job);
    }
  return NULL;
}

static void
yeji_worker_finalize (GObject *object)
{
  YejiWorker *self = YEJI_WORKER (object);

  g_assert (self->thread == NULL);
  g_async_queue_unref (self->queue);
  G_OBJECT_CLASS (yeji_worker_parent_class)->finalize (object);
}

static void
yeji_worker_class_init (YejiWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_worker_finalize;
}

static void
yeji_worker_init (YejiWorker *self)
{
  self->queue = g_async_queue_new ();
}

/**
 * yeji_worker_new:
 * @name: the thread's name, at most 15 bytes
 *
 * Starts a worker.
 *
 * Returns: (transfer full): a worker, to be closed with yeji_worker_close()
 */
YejiWorker *
yeji_worker_new (const char *name)
{
  YejiWorker *self = g_object_new (YEJI_TYPE_WORKER, NULL);

  self->thread = g_thread_new (name, run_jobs, g_async_queue_ref (self->queue));
  return self;
}

/**
 * yeji_worker_push:
 * @task: (transfer none): what to answer; @func must return it
 * @func: called on the worker's thread
 *
 * Queues a task behind all that were pushed before. A task that was cancelled meanwhile is
 * answered so and not run.
 */
void
yeji_worker_push (YejiWorker      *self,
                  GTask           *task,
                  GTaskThreadFunc  func)
{
  Job *job;

  g_return_if_fail (YEJI_IS_WORKER (self));
  g_return_if_fail (G_IS_TASK (task));
  g_assert (self->thread != NULL);

  job = g_new0 (Job, 1);
  job->task = g_object_ref (task);
  job->func = func;
  g_async_queue_push (self->queue, job);
}

/**
 * yeji_worker_call:
 * @func: called on the worker's thread; what it is to tell, it tells itself
 * @data: must live until then
 *
 * Queues a call as yeji_worker_push() queues a task, without waking the caller's loop at its end.
 */
void
yeji_worker_call (YejiWorker     *self,
                  YejiWorkerFunc  func,
                  gpointer        data)
{
  Job *job;

  g_return_if_fail (YEJI_IS_WORKER (self));
  g_assert (self->thread != NULL);

  job = g_new0 (Job, 1);
  job->call = func;
  job->data = data;
  g_async_queue_push (self->queue, job);
}

/**
 * yeji_worker_is_current:
 *
 * Returns: whether the caller runs on the worker's thread
 */
gboolean
yeji_worker_is_current (YejiWorker *self)
{
  return g_thread_self () == self->thread;
}

/**
 * yeji_worker_close:
 *
 * Runs everything that is queued and ends the thread. Blocks until then; a second call does
 * nothing.
 */
void
yeji_worker_close (YejiWorker *self)
{
  g_return_if_fail (YEJI_IS_WORKER (self));

  if (self->thread == NULL)
    return;
  g_assert (!yeji_worker_is_current (self));
  g_async_queue_push (self->queue, &stop_marker);
  g_thread_join (g_steal_pointer (&self->thread));
}

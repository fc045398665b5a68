// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-transfer-work.h"

typedef struct
{
  YejiTransferQueue *queue;    /* not owned: outlives the worker */
  YejiTransferWork work;
  gint64 id;
  guint position;
} Job;

static void
run_work (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  switch (job->work)
    {
    case YEJI_TRANSFER_WORK_LOAD:
      done = yeji_transfer_queue_load_wish (job->queue, &error)
             && yeji_transfer_queue_reload (job->queue, &error);
      break;
    case YEJI_TRANSFER_WORK_KEEP:
      done = yeji_transfer_queue_keep_wish (job->queue, &error);
      break;
    case YEJI_TRANSFER_WORK_CANCEL:
      done = yeji_transfer_queue_cancel (job->queue, job->id, &error);
      break;
    case YEJI_TRANSFER_WORK_RETRY:
      done = yeji_transfer_queue_retry (job->queue, job->id, &error);
      break;
    case YEJI_TRANSFER_WORK_MOVE:
      done = yeji_transfer_queue_move (job->queue, job->id, job->position, &error);
      break;
    default:
      g_assert_not_reached ();
    }
  if (!done)
    g_message ("the queue of transfers: %s", error->message);
  g_task_return_boolean (task, done);
}

/**
 * yeji_transfer_work_push:
 * @worker: is closed before the queue is freed
 * @id: of one of them, where the work is about one
 * @position: where it is to go
 *
 * Does to the queue what the user wants, soon. What fails is logged: the list goes on to show how
 * it is.
 */
void
yeji_transfer_work_push (YejiWorker        *worker,
                         YejiTransferQueue *queue,
                         YejiTransferWork   work,
                         gint64             id,
                         guint              position)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  Job *job = g_new0 (Job, 1);

  *job = (Job) { queue, work, id, position };
  g_task_set_source_tag (task, yeji_transfer_work_push);
  g_task_set_task_data (task, job, g_free);
  yeji_worker_push (worker, task, run_work);
}

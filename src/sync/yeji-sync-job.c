// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-sync-job.h"

#include "yeji-secret.h"
#include "yeji-sync-cycle.h"

/* An outcome that says nothing new is written so often at most: a disk is not for that. */
#define SAVE_PAUSE (300 * G_TIME_SPAN_SECOND)

/* Which ends of a job are outcomes, and which of them are kept in the profile. */
typedef enum
{
  NOTE_NOTHING,
  NOTE_FAILURE = 1 << 0,       /* and keep it */
  NOTE_SUCCESS = 1 << 1,
  KEEP_SUCCESS = 1 << 2,
} Notes;

static gboolean
run_open (YejiSyncJob  *job,
          GError      **error)
{
  YejiSyncOutcome *kept = NULL;

  /* what another program met with meanwhile */
  if (job->saved_at == 0)
    kept = yeji_sync_outcome_load (job->store, NULL);
  if (kept != NULL)
    {
      kept->failures = 0;
      yeji_sync_outcome_free (job->outcome);
      job->outcome = kept;
    }
  g_clear_object (&job->province);
  job->province = yeji_province_new (job->store, error);
  if (job->province == NULL)
    return FALSE;
  yeji_sync_outcome_set_user (job->outcome, yeji_province_get_user (job->province));
  yeji_transfer_queue_start (job->queue, job->province);
  return TRUE;
}

static gboolean
run_cycle (YejiSyncJob  *job,
           GError      **error)
{
  gboolean done = job->hurried
                    ? yeji_sync_cycle_now (job->store, job->province, NULL, job->cancellable, error)
                    : yeji_sync_cycle (job->store, job->province, NULL, job->cancellable, error);

  /* what was put into it before something went wrong is sent all the same */
  return yeji_transfer_queue_reload (job->queue, done ? error : NULL) && done;
}

static gboolean
run_wait (YejiSyncJob  *job,
          GError      **error)
{
  return yeji_sync_wait (job->store, job->province, &job->news, job->cancellable, error);
}

static gboolean
run_sign_in (YejiSyncJob  *job,
             GError      **error)
{
  return yeji_sync_sign_in (job->store, job->url, job->user, job->password, job->cancellable,
                            error);
}

static gboolean
run_sign_out (YejiSyncJob  *job,
              GError      **error)
{
  yeji_transfer_queue_stop (job->queue);
  if (!yeji_sync_sign_out (job->store, job->cancellable, error))
    return FALSE;
  if (yeji_sync_outcome_save (job->outcome, job->store, NULL))
    job->saved_at = g_get_monotonic_time ();
  return TRUE;
}

static const struct
{
  gboolean (*run) (YejiSyncJob  *job,
                   GError      **error);
  Notes notes;
} kinds[N_YEJI_SYNC_JOBS] = {
  [YEJI_SYNC_JOB_OPEN] = { run_open, NOTE_FAILURE },
  [YEJI_SYNC_JOB_CYCLE] = { run_cycle, NOTE_FAILURE | NOTE_SUCCESS | KEEP_SUCCESS },
  [YEJI_SYNC_JOB_WAIT] = { run_wait, NOTE_FAILURE | NOTE_SUCCESS },
  [YEJI_SYNC_JOB_SIGN_IN] = { run_sign_in, NOTE_NOTHING },
  [YEJI_SYNC_JOB_SIGN_OUT] = { run_sign_out, NOTE_FAILURE },
};

/* The command line tells of it when the window is closed. */
static void
keep_outcome (YejiSyncJob           *job,
              const YejiSyncOutcome *before)
{
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_monotonic_time ();

  if (job->saved_at > 0 && now - job->saved_at < SAVE_PAUSE
      && yeji_sync_outcome_equal (before, job->outcome))
    return;
  if (yeji_sync_outcome_save (job->outcome, job->store, &error))
    job->saved_at = now;
  else
    g_info ("what the province said is not kept: %s", error->message);
}

static void
note_end (YejiSyncJob  *job,
          const GError *error)
{
  g_autoptr (YejiSyncOutcome) before = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  if ((kinds[job->kind].notes & (error != NULL ? NOTE_FAILURE : NOTE_SUCCESS)) == 0
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  before = yeji_sync_outcome_copy (job->outcome);
  if (job->province != NULL)
    {
      yeji_sync_outcome_set_user (job->outcome, yeji_province_get_user (job->province));
      job->outcome->clock = yeji_province_get_clock (job->province);
    }
  yeji_sync_outcome_take (job->outcome, error, now);
  if (error != NULL)
    job->pause = yeji_sync_outcome_plan (job->outcome, now);
  if (error != NULL || (kinds[job->kind].notes & KEEP_SUCCESS) != 0)
    keep_outcome (job, before);
}

/**
 * yeji_sync_job_new:
 * @queue: must outlive the job
 *
 * Returns: (transfer full): a job, whose other members are the caller's to set
 */
YejiSyncJob *
yeji_sync_job_new (YejiSyncJobKind    kind,
                   YejiStore         *store,
                   YejiTransferQueue *queue)
{
  YejiSyncJob *self = g_new0 (YejiSyncJob, 1);

  self->kind = kind;
  self->store = g_object_ref (store);
  self->queue = queue;
  self->cancellable = g_cancellable_new ();
  self->began = g_get_monotonic_time ();
  return self;
}

/**
 * yeji_sync_job_free:
 * @self: (nullable) (transfer full)
 *
 * Frees a job.
 */
void
yeji_sync_job_free (YejiSyncJob *self)
{
  if (self == NULL)
    return;
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_id);
  g_clear_object (&self->outer);
  g_clear_object (&self->caller);
  g_clear_object (&self->store);
  g_clear_object (&self->province);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->outcome, yeji_sync_outcome_free);
  g_free (self->url);
  g_free (self->user);
  g_clear_pointer (&self->password, yeji_secret_wipe_text);
  g_free (self);
}

/**
 * yeji_sync_job_run:
 *
 * Does the job and notes its end. Blocks.
 *
 * Returns: whether it ended well
 */
gboolean
yeji_sync_job_run (YejiSyncJob  *self,
                   GError      **error)
{
  g_autoptr (GError) reason = NULL;
  gboolean done = kinds[self->kind].run (self, &reason);

  note_end (self, reason);
  if (!done)
    g_propagate_error (error, g_steal_pointer (&reason));
  return done;
}

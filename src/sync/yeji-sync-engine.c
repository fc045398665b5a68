// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-sync-engine.h"

#include "yeji-worker.h"

/* Seconds between tries that fail: 1, 2, 4, ... */
#define MAX_PAUSE 30
/* A province that does not wait as it is asked to would be asked without end. */
#define SHORTEST_WAIT (5 * G_TIME_SPAN_SECOND)

typedef struct _Job Job;

/* What the engine does next, one at a time; the table is below. */
typedef struct
{
  /* on the worker's thread */
  gboolean (*run) (Job     *job,
                   GError **error);
  /* in the main context, unless another step has taken its place */
  void (*succeeded) (YejiSyncEngine *self,
                     Job            *job);
  void (*failed) (YejiSyncEngine *self,
                  const GError   *error);
} Step;

/**
 * YejiSyncEngine:
 *
 * Keeps a profile and its province together: open, then cycle and wait in turn; after a failure a
 * pause, longer each time, and another cycle. The steps run one after another on a thread of the
 * engine's own; everything that is seen of it happens in the main context. It must be stopped
 * before its last reference goes.
 */
struct _YejiSyncEngine
{
  GObject parent_instance;

  YejiStore *store;
  YejiTransfers *transfers;
  YejiProvince *province;      /* NULL: no account, as far as is known */
  YejiWorker *worker;          /* NULL: stopped */
  const Step *step;            /* under way, or the one that the timer begins */
  GCancellable *current;       /* of the step under way; NULL: none is */
  guint timer;
  guint failures;              /* in a row */
  guint woken;                 /* how often, and ... */
  guint served;                /* ... how often when the last cycle began */

  YejiSyncState state;
  char *message;
  char *user;
};

struct _Job
{
  const Step *step;
  YejiStore *store;
  YejiTransferQueue *queue;    /* not owned: outlives the worker */
  YejiProvince *province;
  GCancellable *cancellable;
  gint64 began;
  gboolean news;

  GTask *caller;               /* (nullable): who waits for the sign-in */
  GCancellable *outer;         /* (nullable): the caller's */
  gulong outer_id;
  char *url;
  char *user;
  char *password;
};

enum
{
  PROP_STATE = 1,
  PROP_MESSAGE,
  PROP_USER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (YejiSyncEngine, yeji_sync_engine, G_TYPE_OBJECT)

static const Step open_step, cycle_step, wait_step, sign_in_step, sign_out_step;

static void
job_free (Job *self)
{
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_id);
  g_clear_object (&self->outer);
  g_clear_object (&self->caller);
  g_clear_object (&self->store);
  g_clear_object (&self->province);
  g_clear_object (&self->cancellable);
  g_free (self->url);
  g_free (self->user);
  g_free (self->password);
  g_free (self);
}

static void
set_text (YejiSyncEngine  *self,
          char           **member,
          const char      *text,
          guint            property)
{
  if (g_strcmp0 (*member, text) == 0)
    return;
  g_free (*member);
  *member = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_state (YejiSyncEngine *self,
           YejiSyncState   state,
           const char     *message)
{
  g_object_freeze_notify (G_OBJECT (self));
  set_text (self, &self->message, message, PROP_MESSAGE);
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* Takes the place of whatever is under way or planned. */
static void
interrupt (YejiSyncEngine *self)
{
  if (self->current != NULL)
    g_cancellable_cancel (self->current);
  g_clear_object (&self->current);
  g_clear_handle_id (&self->timer, g_source_remove);
}

static void
answer_caller (Job      *job,
               gboolean  done,
               GError   *error)
{
  if (job->caller == NULL)
    g_clear_error (&error);
  else if (done)
    g_task_return_boolean (job->caller, TRUE);
  else
    g_task_return_error (job->caller, error);
}

static void
on_step_done (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  YejiSyncEngine *self = YEJI_SYNC_ENGINE (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  if (job->cancellable == self->current)
    {
      g_clear_object (&self->current);
      if (done)
        job->step->succeeded (self, job);
      else
        job->step->failed (self, error);
    }
  answer_caller (job, done, error);
}

static void
run_job (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  if (job->step->run (job, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static Job *
make_job (YejiSyncEngine *self,
          const Step     *step)
{
  Job *job = g_new0 (Job, 1);

  job->step = step;
  job->store = g_object_ref (self->store);
  job->queue = yeji_transfers_get_queue (self->transfers);
  job->province = self->province != NULL ? g_object_ref (self->province) : NULL;
  job->cancellable = g_cancellable_new ();
  job->began = g_get_monotonic_time ();
  return job;
}

/* The task itself cannot be cancelled: a sign-out must have run before the engine stops. */
static void
begin_job (YejiSyncEngine *self,
           Job            *job)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_step_done, NULL);

  interrupt (self);
  self->step = job->step;
  self->current = g_object_ref (job->cancellable);
  g_task_set_source_tag (task, begin_job);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  yeji_worker_push (self->worker, task, run_job);
}

static void
begin (YejiSyncEngine *self,
       const Step     *step)
{
  begin_job (self, make_job (self, step));
}

static void
begin_cycle (YejiSyncEngine *self)
{
  if (self->province == NULL)
    {
      begin (self, &open_step);
      return;
    }
  self->served = self->woken;
  set_state (self, YEJI_SYNC_RUNNING, NULL);
  begin (self, &cycle_step);
}

static void
begin_wait (YejiSyncEngine *self)
{
  set_state (self, YEJI_SYNC_ONLINE, NULL);
  begin (self, &wait_step);
}

static gboolean
on_timer (gpointer data)
{
  YejiSyncEngine *self = data;

  self->timer = 0;
  if (self->step == &wait_step && self->state == YEJI_SYNC_ONLINE)
    begin_wait (self);
  else
    begin_cycle (self);
  return G_SOURCE_REMOVE;
}

static void
pause_for (YejiSyncEngine *self,
           guint           milliseconds)
{
  interrupt (self);
  self->timer = g_timeout_add (milliseconds, on_timer, self);
}

/* Many clients lose the province at one moment; they must not come back at one moment. */
static guint
get_pause (YejiSyncEngine *self,
           const GError   *error)
{
  guint seconds = MIN (1u << MIN (self->failures - 1, 5), MAX_PAUSE);
  guint milliseconds = (guint) g_random_int_range ((gint32) seconds * 500,
                                                   (gint32) seconds * 1000 + 1);

  return MAX (milliseconds, yeji_sync_error_get_retry_after (error) * 1000);
}

static void
rest (YejiSyncEngine *self,
      const char     *message)
{
  g_clear_object (&self->province);
  self->failures = 0;
  set_text (self, &self->user, NULL, PROP_USER);
  set_state (self, YEJI_SYNC_SIGNED_OUT, message);
}

static void
retry_later (YejiSyncEngine *self,
             const GError   *error)
{
  if (g_error_matches (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT))
    {
      rest (self, error->message);
      return;
    }
  self->failures++;
  set_state (self, YEJI_SYNC_OFFLINE, error->message);
  pause_for (self, get_pause (self, error));
}

static gboolean
run_open (Job     *job,
          GError **error)
{
  g_clear_object (&job->province);
  job->province = yeji_province_new (job->store, error);
  if (job->province == NULL)
    return FALSE;
  yeji_transfer_queue_start (job->queue, job->province);
  return TRUE;
}

static void
take_province (YejiSyncEngine *self,
               Job            *job)
{
  g_set_object (&self->province, job->province);
  set_text (self, &self->user, yeji_province_get_user (self->province), PROP_USER);
  begin_cycle (self);
}

static gboolean
run_cycle (Job     *job,
           GError **error)
{
  gboolean done = yeji_sync_cycle (job->store, job->province, NULL, job->cancellable, error);

  /* what was put into it before something went wrong is sent all the same */
  return yeji_transfer_queue_reload (job->queue, done ? error : NULL) && done;
}

/* What was queued while the cycle ran came too late for it. */
static void
after_cycle (YejiSyncEngine *self,
             Job            *job)
{
  if (self->failures > 0)
    yeji_transfer_queue_nudge (job->queue);
  self->failures = 0;
  if (self->served != self->woken)
    begin_cycle (self);
  else
    begin_wait (self);
}

static gboolean
run_wait (Job     *job,
          GError **error)
{
  return yeji_sync_wait (job->store, job->province, &job->news, job->cancellable, error);
}

static void
after_wait (YejiSyncEngine *self,
            Job            *job)
{
  gint64 waited = g_get_monotonic_time () - job->began;

  if (job->news)
    begin_cycle (self);
  else if (waited < SHORTEST_WAIT)
    pause_for (self, (guint) ((SHORTEST_WAIT - waited) / 1000));
  else
    begin_wait (self);
}

static gboolean
run_sign_in (Job     *job,
             GError **error)
{
  return yeji_sync_sign_in (job->store, job->url, job->user, job->password, job->cancellable,
                            error);
}

static void
open_anew (YejiSyncEngine *self,
           Job            *job)
{
  g_clear_object (&self->province);
  self->failures = 0;
  begin (self, &open_step);
}

/* The account before, if there was one, is still good. */
static void
go_on (YejiSyncEngine *self,
       const GError   *error)
{
  begin (self, &open_step);
}

static gboolean
run_sign_out (Job     *job,
              GError **error)
{
  yeji_transfer_queue_stop (job->queue);
  return yeji_sync_sign_out (job->store, job->cancellable, error);
}

static void
after_sign_out (YejiSyncEngine *self,
                Job            *job)
{
  rest (self, NULL);
}

static const Step open_step = { run_open, take_province, retry_later };
static const Step cycle_step = { run_cycle, after_cycle, retry_later };
static const Step wait_step = { run_wait, after_wait, retry_later };
static const Step sign_in_step = { run_sign_in, open_anew, go_on };
static const Step sign_out_step = { run_sign_out, after_sign_out, retry_later };

static void
yeji_sync_engine_get_property (GObject    *object,
                               guint       property,
                               GValue     *value,
                               GParamSpec *pspec)
{
  YejiSyncEngine *self = YEJI_SYNC_ENGINE (object);

  switch (property)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_USER:
      g_value_set_string (value, self->user);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
yeji_sync_engine_finalize (GObject *object)
{
  YejiSyncEngine *self = YEJI_SYNC_ENGINE (object);

  g_assert (self->worker == NULL);
  g_clear_object (&self->province);
  g_clear_object (&self->transfers);
  g_clear_object (&self->store);
  g_free (self->message);
  g_free (self->user);
  G_OBJECT_CLASS (yeji_sync_engine_parent_class)->finalize (object);
}

static void
yeji_sync_engine_class_init (YejiSyncEngineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = yeji_sync_engine_get_property;
  object_class->finalize = yeji_sync_engine_finalize;

  properties[PROP_STATE] =
    g_param_spec_int ("state", NULL, NULL, YEJI_SYNC_SIGNED_OUT, YEJI_SYNC_ONLINE,
                      YEJI_SYNC_SIGNED_OUT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MESSAGE] =
    g_param_spec_string ("message", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_USER] =
    g_param_spec_string ("user", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
yeji_sync_engine_init (YejiSyncEngine *self)
{
}

/**
 * yeji_sync_engine_new:
 *
 * Makes an engine, stopped.
 *
 * Returns: (transfer full): an engine
 */
YejiSyncEngine *
yeji_sync_engine_new (YejiStore *store)
{
  YejiSyncEngine *self;

  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  self = g_object_new (YEJI_TYPE_SYNC_ENGINE, NULL);
  self->store = g_object_ref (store);
  self->transfers = yeji_transfers_new (store);
  g_signal_connect_object (self->transfers, "settled", G_CALLBACK (yeji_sync_engine_wake), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * yeji_sync_engine_get_state:
 *
 * Returns: what the engine is about
 */
YejiSyncState
yeji_sync_engine_get_state (YejiSyncEngine *self)
{
  g_return_val_if_fail (YEJI_IS_SYNC_ENGINE (self), YEJI_SYNC_SIGNED_OUT);

  return self->state;
}

/**
 * yeji_sync_engine_get_message:
 *
 * Returns: (nullable): why it is offline or signed out, a fragment for logs
 */
const char *
yeji_sync_engine_get_message (YejiSyncEngine *self)
{
  g_return_val_if_fail (YEJI_IS_SYNC_ENGINE (self), NULL);

  return self->message;
}

/**
 * yeji_sync_engine_get_user:
 *
 * Returns: (nullable): how the province calls the user, %NULL when signed out
 */
const char *
yeji_sync_engine_get_user (YejiSyncEngine *self)
{
  g_return_val_if_fail (YEJI_IS_SYNC_ENGINE (self), NULL);

  return self->user;
}

/**
 * yeji_sync_engine_get_transfers:
 *
 * Returns: (transfer none): the files that are to be sent; works while the engine does
 */
YejiTransfers *
yeji_sync_engine_get_transfers (YejiSyncEngine *self)
{
  g_return_val_if_fail (YEJI_IS_SYNC_ENGINE (self), NULL);

  return self->transfers;
}

/**
 * yeji_sync_engine_start:
 *
 * Begins to work with the profile's account, if it has one. A second call does nothing.
 */
void
yeji_sync_engine_start (YejiSyncEngine *self)
{
  g_return_if_fail (YEJI_IS_SYNC_ENGINE (self));

  if (self->worker != NULL)
    return;
  self->worker = yeji_worker_new ("yeji-sync");
  yeji_transfers_open (self->transfers);
  begin (self, &open_step);
}

/**
 * yeji_sync_engine_wake:
 *
 * Begins a cycle now, or another one after that which runs: something was queued, or the user does
 * not want to wait.
 */
void
yeji_sync_engine_wake (YejiSyncEngine *self)
{
  g_return_if_fail (YEJI_IS_SYNC_ENGINE (self));

  self->woken++;
  if (self->worker != NULL && (self->current == NULL || self->step == &wait_step))
    begin_cycle (self);
}

/**
 * yeji_sync_engine_stop:
 *
 * Cancels what is under way and waits until it has ended, which is soon. After it the store may be
 * closed. A second call does nothing.
 */
void
yeji_sync_engine_stop (YejiSyncEngine *self)
{
  g_return_if_fail (YEJI_IS_SYNC_ENGINE (self));

  if (self->worker == NULL)
    return;
  interrupt (self);
  yeji_worker_close (self->worker);
  g_clear_object (&self->worker);
  yeji_transfers_close (self->transfers);
  g_clear_object (&self->province);
  if (self->state != YEJI_SYNC_SIGNED_OUT)
    set_state (self, YEJI_SYNC_OFFLINE, NULL);
}

static void
cancel_job (GCancellable *outer,
            gpointer      cancellable)
{
  g_cancellable_cancel (cancellable);
}

/**
 * yeji_sync_engine_sign_in_async:
 * @url: the province's address as typed
 *
 * Signs in and begins to work with that account. Of a started engine only.
 */
void
yeji_sync_engine_sign_in_async (YejiSyncEngine      *self,
                                const char          *url,
                                const char          *user,
                                const char          *password,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  Job *job;

  g_return_if_fail (YEJI_IS_SYNC_ENGINE (self));
  g_return_if_fail (self->worker != NULL);
  g_return_if_fail (url != NULL && user != NULL && password != NULL);

  job = make_job (self, &sign_in_step);
  job->caller = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->caller, yeji_sync_engine_sign_in_async);
  job->url = g_strdup (url);
  job->user = g_strdup (user);
  job->password = g_strdup (password);
  if (cancellable != NULL)
    {
      job->outer = g_object_ref (cancellable);
      job->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (cancel_job),
                                             g_object_ref (job->cancellable), g_object_unref);
    }
  begin_job (self, job);
}

/**
 * yeji_sync_engine_sign_in_finish:
 *
 * Ends yeji_sync_engine_sign_in_async(). Fails as yeji_sync_sign_in() does; the account before is
 * kept then.
 *
 * Returns: whether the profile has a session now
 */
gboolean
yeji_sync_engine_sign_in_finish (YejiSyncEngine  *self,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  g_return_val_if_fail (YEJI_IS_SYNC_ENGINE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * yeji_sync_engine_sign_out:
 *
 * Ends the session and rests until somebody signs in. Of a started engine only; stopping it waits
 * until the profile has forgotten the session.
 */
void
yeji_sync_engine_sign_out (YejiSyncEngine *self)
{
  g_return_if_fail (YEJI_IS_SYNC_ENGINE (self));
  g_return_if_fail (self->worker != NULL);

  begin (self, &sign_out_step);
  rest (self, NULL);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-sync-engine.h"

#include "yeji-sync-job.h"
#include "yeji-worker.h"

/* A province that does not wait as it is asked to would be asked without end. */
#define SHORTEST_WAIT (5 * G_TIME_SPAN_SECOND)
#define NO_EVENT N_YEJI_SYNC_EVENTS

/**
 * YejiSyncEngine:
 *
 * Keeps a profile and its province together, by the machine of yeji-sync-state.h (docs/sync.md has
 * its picture): here is only what its actions do. The steps run one after another on a thread of
 * the engine's own; everything that is seen of it happens in the main context. It must be stopped
 * before its last reference goes.
 */
struct _YejiSyncEngine
{
  GObject parent_instance;

  YejiStore *store;
  YejiTransfers *transfers;
  YejiPresence *presence;
  YejiProvince *province;      /* NULL: no account, as far as is known */
  YejiWorker *worker;          /* NULL: stopped */
  GCancellable *current;       /* of the step under way; NULL: none is */
  YejiSyncJob *entry;          /* (nullable): the sign-in that is to be begun */
  guint timer;
  guint pause;                 /* milliseconds, for the next pause */
  guint woken;                 /* how often, and ... */
  guint served;                /* ... how often when the last cycle began */
  gboolean hurried;            /* the next cycle tries everything, whatever it met with before */

  YejiSyncState state;
  YejiSyncOutcome *outcome;    /* of the last try */
  gint64 saved_at;             /* the outcome, monotonic; 0: not yet */
  char *message;
  char *user;
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

/* The state is notified for a new outcome too: what is said of it has changed. */
static void
set_state (YejiSyncEngine  *self,
           YejiSyncState    state,
           YejiSyncOutcome *outcome)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != state || outcome != NULL)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  if (outcome != NULL)
    {
      g_clear_pointer (&self->outcome, yeji_sync_outcome_free);
      self->outcome = outcome;
    }
  /* while it runs, the outcome still tells of the last try */
  self->outcome->state = state;
  set_text (self, &self->message, self->outcome->detail, PROP_MESSAGE);
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
run_job (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  GError *error = NULL;

  if (yeji_sync_job_run (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static YejiSyncJob *
make_job (YejiSyncEngine  *self,
          YejiSyncJobKind  kind)
{
  YejiSyncJob *job = yeji_sync_job_new (kind, self->store,
                                        yeji_transfers_get_queue (self->transfers));

  g_set_object (&job->province, self->province);
  job->outcome = yeji_sync_outcome_copy (self->outcome);
  job->failures = self->outcome->failures;
  job->saved_at = self->saved_at;
  return job;
}

static YejiSyncEvent
judge_open (YejiSyncEngine *self,
            YejiSyncJob    *job,
            const GError   *error)
{
  if (error != NULL)
    return yeji_sync_event_of (error);
  g_set_object (&self->province, job->province);
  yeji_presence_set_province (self->presence, self->province);
  set_text (self, &self->user, yeji_province_get_user (self->province), PROP_USER);
  return YEJI_SYNC_EVENT_OPENED;
}

/* What was queued while the cycle ran came too late for it. */
static YejiSyncEvent
judge_cycle (YejiSyncEngine *self,
             YejiSyncJob    *job,
             const GError   *error)
{
  if (error != NULL)
    return yeji_sync_event_of (error);
  if (job->failures > 0)
    yeji_transfer_queue_nudge (job->queue);
  return self->served != self->woken ? YEJI_SYNC_EVENT_OVERTAKEN : YEJI_SYNC_EVENT_DONE;
}

static YejiSyncEvent
judge_wait (YejiSyncEngine *self,
            YejiSyncJob    *job,
            const GError   *error)
{
  gint64 waited = g_get_monotonic_time () - job->began;

  if (error != NULL)
    return yeji_sync_event_of (error);
  self->pause = waited < SHORTEST_WAIT ? (guint) ((SHORTEST_WAIT - waited) / 1000) : 0;
  return job->news ? YEJI_SYNC_EVENT_NEWS : YEJI_SYNC_EVENT_QUIET;
}

static YejiSyncEvent
judge_sign_in (YejiSyncEngine *self,
               YejiSyncJob    *job,
               const GError   *error)
{
  if (error != NULL)
    return YEJI_SYNC_EVENT_NOT_ENTERED;
  g_clear_object (&self->province);
  yeji_sync_outcome_reset (self->outcome);
  return YEJI_SYNC_EVENT_ENTERED;
}

static YejiSyncEvent
judge_sign_out (YejiSyncEngine *self,
                YejiSyncJob    *job,
                const GError   *error)
{
  return error != NULL ? YEJI_SYNC_EVENT_TROUBLE : NO_EVENT;
}

/* What the end of a job is to the machine, unless another one has taken its place. */
static YejiSyncEvent (* const judges[N_YEJI_SYNC_JOBS]) (YejiSyncEngine *self,
                                                         YejiSyncJob    *job,
                                                         const GError   *error) = {
  [YEJI_SYNC_JOB_OPEN] = judge_open,
  [YEJI_SYNC_JOB_CYCLE] = judge_cycle,
  [YEJI_SYNC_JOB_WAIT] = judge_wait,
  [YEJI_SYNC_JOB_SIGN_IN] = judge_sign_in,
  [YEJI_SYNC_JOB_SIGN_OUT] = judge_sign_out,
};

static void handle (YejiSyncEngine  *self,
                    YejiSyncEvent    event,
                    YejiSyncOutcome *outcome);

static void
answer_caller (YejiSyncJob *job,
               gboolean     done,
               GError      *error)
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
  YejiSyncJob *job = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  self->saved_at = MAX (self->saved_at, job->saved_at);
  if (job->cancellable == self->current)
    {
      g_clear_object (&self->current);
      self->pause = job->pause;
      handle (self, judges[job->kind] (self, job, error),
              job->kind != YEJI_SYNC_JOB_SIGN_IN ? g_steal_pointer (&job->outcome) : NULL);
    }
  answer_caller (job, done, error);
}

/* The task itself cannot be cancelled: a sign-out must have run before the engine stops. */
static void
begin_job (YejiSyncEngine *self,
           YejiSyncJob    *job)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_step_done, NULL);

  interrupt (self);
  self->current = g_object_ref (job->cancellable);
  g_task_set_source_tag (task, begin_job);
  g_task_set_task_data (task, job, (GDestroyNotify) yeji_sync_job_free);
  yeji_worker_push (self->worker, task, run_job);
}

static gboolean
on_timer (gpointer data)
{
  YejiSyncEngine *self = data;

  self->timer = 0;
  handle (self, YEJI_SYNC_EVENT_TIMER, NULL);
  return G_SOURCE_REMOVE;
}

static void
do_nothing (YejiSyncEngine *self)
{
}

static void
do_open (YejiSyncEngine *self)
{
  begin_job (self, make_job (self, YEJI_SYNC_JOB_OPEN));
}

static void
do_cycle (YejiSyncEngine *self)
{
  YejiSyncJob *job = make_job (self, YEJI_SYNC_JOB_CYCLE);

  self->served = self->woken;
  job->hurried = self->hurried;
  self->hurried = FALSE;
  begin_job (self, job);
}

static void
do_wait (YejiSyncEngine *self)
{
  begin_job (self, make_job (self, YEJI_SYNC_JOB_WAIT));
}

static void
do_pause (YejiSyncEngine *self)
{
  interrupt (self);
  self->timer = g_timeout_add (self->pause, on_timer, self);
}

static void
do_rest (YejiSyncEngine *self)
{
  interrupt (self);
  yeji_presence_set_province (self->presence, NULL);
  g_clear_object (&self->province);
  set_text (self, &self->user, NULL, PROP_USER);
}

static void
do_sign_in (YejiSyncEngine *self)
{
  begin_job (self, g_steal_pointer (&self->entry));
}

static void
do_sign_out (YejiSyncEngine *self)
{
  g_autoptr (GError) nobody = yeji_sync_error_new_cause (YEJI_SYNC_ERROR_SIGNED_OUT,
                                                         YEJI_SYNC_CAUSE_NO_ACCOUNT,
                                                         "the user signed out");
  YejiSyncOutcome *outcome = yeji_sync_outcome_copy (self->outcome);

  yeji_sync_outcome_take (outcome, nobody, 0);
  set_state (self, self->state, outcome);
  do_rest (self);
  begin_job (self, make_job (self, YEJI_SYNC_JOB_SIGN_OUT));
}

static void
do_close (YejiSyncEngine *self)
{
  interrupt (self);
  yeji_worker_close (self->worker);
  g_clear_object (&self->worker);
  yeji_transfers_close (self->transfers);
  yeji_presence_close (self->presence);
  g_clear_object (&self->province);
}

static void (* const actions[N_YEJI_SYNC_ACTIONS]) (YejiSyncEngine *self) = {
  [YEJI_SYNC_DO_NOTHING] = do_nothing,
  [YEJI_SYNC_DO_OPEN] = do_open,
  [YEJI_SYNC_DO_CYCLE] = do_cycle,
  [YEJI_SYNC_DO_WAIT] = do_wait,
  [YEJI_SYNC_DO_PAUSE] = do_pause,
  /* the cycle under way sees at its end that it was asked for */
  [YEJI_SYNC_DO_REMEMBER] = do_nothing,
  [YEJI_SYNC_DO_REST] = do_rest,
  [YEJI_SYNC_DO_SIGN_IN] = do_sign_in,
  [YEJI_SYNC_DO_SIGN_OUT] = do_sign_out,
  [YEJI_SYNC_DO_CLOSE] = do_close,
};

/* @outcome (nullable, transfer full): of the step that brought the event */
static void
handle (YejiSyncEngine  *self,
        YejiSyncEvent    event,
        YejiSyncOutcome *outcome)
{
  const YejiSyncRule *rule = event != NO_EVENT ? yeji_sync_state_find (self->state, event) : NULL;

  if (rule == NULL)
    {
      if (outcome != NULL)
        set_state (self, self->state, outcome);
      return;
    }
  if (event != YEJI_SYNC_EVENT_QUIET && event != YEJI_SYNC_EVENT_TIMER)
    g_debug ("%s: %s, %s", yeji_sync_state_to_text (self->state), yeji_sync_event_to_text (event),
             yeji_sync_action_to_text (rule->action));
  set_state (self, rule->next, outcome);
  actions[rule->action] (self);
}

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
  g_clear_object (&self->presence);
  g_clear_object (&self->store);
  g_clear_pointer (&self->outcome, yeji_sync_outcome_free);
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
    g_param_spec_int ("state", NULL, NULL, YEJI_SYNC_STOPPED, N_YEJI_SYNC_STATES - 1,
                      YEJI_SYNC_STOPPED, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MESSAGE] =
    g_param_spec_string ("message", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_USER] =
    g_param_spec_string ("user", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
yeji_sync_engine_init (YejiSyncEngine *self)
{
  self->outcome = yeji_sync_outcome_new ();
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
  self->presence = yeji_presence_new (store);
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
  g_return_val_if_fail (YEJI_IS_SYNC_ENGINE (self), YEJI_SYNC_STOPPED);

  return self->state;
}

/**
 * yeji_sync_engine_get_message:
 *
 * Returns: (nullable): why it does not work, a fragment for logs
 */
const char *
yeji_sync_engine_get_message (YejiSyncEngine *self)
{
  g_return_val_if_fail (YEJI_IS_SYNC_ENGINE (self), NULL);

  return self->message;
}

/**
 * yeji_sync_engine_get_outcome:
 *
 * Returns: (transfer none): how it stands, for yeji_sync_words(); valid until the next
 *   notification of the state
 */
const YejiSyncOutcome *
yeji_sync_engine_get_outcome (YejiSyncEngine *self)
{
  g_return_val_if_fail (YEJI_IS_SYNC_ENGINE (self), NULL);

  return self->outcome;
}

/**
 * yeji_sync_engine_is_signed_in:
 *
 * Returns: whether there is a session, as far as is known
 */
gboolean
yeji_sync_engine_is_signed_in (YejiSyncEngine *self)
{
  g_return_val_if_fail (YEJI_IS_SYNC_ENGINE (self), FALSE);

  return self->state != YEJI_SYNC_STOPPED && self->state != YEJI_SYNC_SIGNED_OUT
         && self->state != YEJI_SYNC_ENDED;
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
 * yeji_sync_engine_get_store:
 *
 * Returns: (transfer none): the profile that it works with
 */
YejiStore *
yeji_sync_engine_get_store (YejiSyncEngine *self)
{
  g_return_val_if_fail (YEJI_IS_SYNC_ENGINE (self), NULL);

  return self->store;
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
 * yeji_sync_engine_get_presence:
 *
 * Returns: (transfer none): who edits what on other computers; hears of it while the engine works
 */
YejiPresence *
yeji_sync_engine_get_presence (YejiSyncEngine *self)
{
  g_return_val_if_fail (YEJI_IS_SYNC_ENGINE (self), NULL);

  return self->presence;
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
  self->saved_at = 0;
  yeji_transfers_open (self->transfers);
  handle (self, YEJI_SYNC_EVENT_START, NULL);
}

/**
 * yeji_sync_engine_wake:
 *
 * Begins a cycle now, or another one after that which runs: something was queued. A province that
 * asked for patience gets it.
 */
void
yeji_sync_engine_wake (YejiSyncEngine *self)
{
  g_return_if_fail (YEJI_IS_SYNC_ENGINE (self));

  self->woken++;
  handle (self, YEJI_SYNC_EVENT_WAKE, NULL);
}

/**
 * yeji_sync_engine_try_now:
 *
 * Does what yeji_sync_engine_wake() does, because the user does not want to wait: whatever was put
 * off, by the province too, is tried.
 */
void
yeji_sync_engine_try_now (YejiSyncEngine *self)
{
  g_return_if_fail (YEJI_IS_SYNC_ENGINE (self));

  self->woken++;
  self->hurried = TRUE;
  if (self->worker != NULL)
    yeji_transfer_queue_nudge (yeji_transfers_get_queue (self->transfers));
  handle (self, YEJI_SYNC_EVENT_NOW, NULL);
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

  handle (self, YEJI_SYNC_EVENT_STOP, NULL);
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
  YejiSyncJob *job;

  g_return_if_fail (YEJI_IS_SYNC_ENGINE (self));
  g_return_if_fail (self->worker != NULL);
  g_return_if_fail (url != NULL && user != NULL && password != NULL);

  job = make_job (self, YEJI_SYNC_JOB_SIGN_IN);
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
  g_clear_pointer (&self->entry, yeji_sync_job_free);
  self->entry = job;
  handle (self, YEJI_SYNC_EVENT_SIGN_IN, NULL);
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

  handle (self, YEJI_SYNC_EVENT_SIGN_OUT, NULL);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-draft-keeper"

#include "config.h"

#include "yeji-draft-keeper.h"

#include <glib/gi18n.h>

#include "yeji-messages.h"

/* The promise is: on disk within a second. The rest of the second is for the disk. */
#define QUIET_MS 400
#define LATEST_MS 900
#define RETRY_MS 1000
#define RETRY_MAX_MS 5000

typedef struct
{
  gint64 monotonic;
  gint64 real;
} Moment;

/* One attempt to save. */
typedef struct
{
  YejiDraftKeeper *keeper;
  guint64 generation;
  char *why;
} Attempt;

struct _YejiDraftKeeper
{
  GObject parent_instance;

  gpointer target;
  const YejiSaver *saver;
  YejiRecord *record;
  GPtrArray *problems;         /* (nullable) */
  char *why;                   /* of the edits that are not sent yet */

  guint64 edited;              /* counts edits */
  guint64 sent;                /* the edit that the attempt in flight carries; 0: none in flight */
  guint64 saved;               /* the last edit that is on disk */
  Moment oldest;               /* of the edits that are not saved */
  Moment oldest_unsent;        /* of the edits that are not in the attempt in flight either */

  guint timer;
  guint failures;              /* in a row */
  GError *error;               /* (nullable): of the last attempt */
  char *saved_at;              /* (nullable): RFC 3339 */
  GQueue flushes;              /* of GTask */
};

enum
{
  BEFORE_SAVE,
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YejiDraftKeeper, yeji_draft_keeper, G_TYPE_OBJECT)

static void
save_in_store (gpointer             target,
               YejiRecord          *record,
               GPtrArray           *problems,
               const char          *why,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  yeji_store_save_async (target, record, problems, why, NULL, callback, user_data);
}

static char *
finish_in_store (gpointer       target,
                 GAsyncResult  *result,
                 GError       **error)
{
  return yeji_store_save_finish (target, result, error);
}

static const YejiSaver store_saver = { save_in_store, finish_in_store };

static Moment
get_now (void)
{
  return (Moment) { g_get_monotonic_time (), g_get_real_time () };
}

static GPtrArray *
copy_problems (GPtrArray *problems)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; problems != NULL && i < problems->len; i++)
    g_ptr_array_add (copy, g_object_ref (g_ptr_array_index (problems, i)));
  return copy;
}

static void
answer_flushes (YejiDraftKeeper *self)
{
  GTask *next;

  while ((next = g_queue_peek_head (&self->flushes)) != NULL)
    {
      guint64 wanted = *(guint64 *) g_task_get_task_data (next);
      g_autoptr (GTask) task = NULL;

      if (self->saved < wanted && self->error == NULL)
        return;
      task = g_queue_pop_head (&self->flushes);
      if (self->saved >= wanted)
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, g_error_copy (self->error));
    }
}

static void schedule (YejiDraftKeeper *self);

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autofree Attempt *attempt = data;
  g_autoptr (YejiDraftKeeper) self = attempt->keeper;
  g_autofree char *why = attempt->why;
  g_autoptr (GError) error = NULL;
  g_autofree char *saved_at = self->saver->finish (self->target, result, &error);

  g_clear_error (&self->error);
  if (error != NULL)
    {
      g_message ("a draft was not saved: %s", error->message);
      self->error = g_steal_pointer (&error);
      self->failures++;
      if (self->why == NULL || g_str_equal (self->why, "typed"))
        {
          g_free (self->why);
          self->why = g_steal_pointer (&why);
        }
    }
  else
    {
      self->saved = MAX (self->saved, attempt->generation);
      self->oldest = self->oldest_unsent;
      self->failures = 0;
      g_free (self->saved_at);
      self->saved_at = g_steal_pointer (&saved_at);
    }
  self->sent = 0;
  answer_flushes (self);
  schedule (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
save (YejiDraftKeeper *self)
{
  Attempt *attempt;

  if (self->sent != 0 || self->saved == self->edited)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_signal_emit (self, signals[BEFORE_SAVE], 0);
  attempt = g_new (Attempt, 1);
  attempt->keeper = g_object_ref (self);
  attempt->generation = self->sent = self->edited;
  attempt->why = g_steal_pointer (&self->why);
  self->saver->save (self->target, self->record, self->problems, attempt->why, on_saved, attempt);
}

static gboolean
save_on_time (gpointer data)
{
  YejiDraftKeeper *self = data;

  self->timer = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

/* Failed, or typed meanwhile: the same answer. */
static void
schedule (YejiDraftKeeper *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 wait = MIN (QUIET_MS, LATEST_MS - (now - self->oldest.monotonic) / 1000);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->sent != 0 || self->saved == self->edited)
    return;
  if (self->failures > 0)
    wait = MIN (RETRY_MS * self->failures, RETRY_MAX_MS);
  if (!g_queue_is_empty (&self->flushes))
    wait = 0;
  self->timer = g_timeout_add (MAX (wait, 0), save_on_time, self);
}

static void
yeji_draft_keeper_dispose (GObject *object)
{
  YejiDraftKeeper *self = YEJI_DRAFT_KEEPER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->record);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  G_OBJECT_CLASS (yeji_draft_keeper_parent_class)->dispose (object);
}

static void
yeji_draft_keeper_finalize (GObject *object)
{
  YejiDraftKeeper *self = YEJI_DRAFT_KEEPER (object);

  g_assert (g_queue_is_empty (&self->flushes));
  g_clear_object (&self->target);
  g_clear_error (&self->error);
  g_free (self->why);
  g_free (self->saved_at);
  G_OBJECT_CLASS (yeji_draft_keeper_parent_class)->finalize (object);
}

static void
yeji_draft_keeper_class_init (YejiDraftKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = yeji_draft_keeper_dispose;
  object_class->finalize = yeji_draft_keeper_finalize;

  /* the last moment at which the problems can be brought up to date */
  signals[BEFORE_SAVE] = g_signal_new ("before-save", YEJI_TYPE_DRAFT_KEEPER, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", YEJI_TYPE_DRAFT_KEEPER, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_draft_keeper_init (YejiDraftKeeper *self)
{
  g_queue_init (&self->flushes);
}

/**
 * yeji_draft_keeper_new:
 *
 * Keeps a record saved: 400 ms after the last edit, and 900 ms after the first that is not saved
 * at the latest. What cannot be saved is tried again until it can.
 *
 * Returns: (transfer full): a keeper
 */
YejiDraftKeeper *
yeji_draft_keeper_new (YejiStore  *store,
                       YejiRecord *record)
{
  return yeji_draft_keeper_new_full (store, &store_saver, record);
}

/**
 * yeji_draft_keeper_new_full:
 * @target: (type GObject): the first argument of both functions
 * @saver: how to save; static
 *
 * Returns: (transfer full): a keeper that saves elsewhere
 */
YejiDraftKeeper *
yeji_draft_keeper_new_full (gpointer         target,
                            const YejiSaver *saver,
                            YejiRecord      *record)
{
  YejiDraftKeeper *self = g_object_new (YEJI_TYPE_DRAFT_KEEPER, NULL);

  self->target = g_object_ref (target);
  self->saver = saver;
  self->record = g_object_ref (record);
  return self;
}

/**
 * yeji_draft_keeper_set_record:
 *
 * Keeps another copy of the same record from now on.
 */
void
yeji_draft_keeper_set_record (YejiDraftKeeper *self,
                              YejiRecord      *record)
{
  g_return_if_fail (YEJI_IS_DRAFT_KEEPER (self));

  g_set_object (&self->record, record);
}

/**
 * yeji_draft_keeper_set_problems:
 * @problems: (element-type YejiProblem): saved with the record
 */
void
yeji_draft_keeper_set_problems (YejiDraftKeeper *self,
                                GPtrArray       *problems)
{
  g_return_if_fail (YEJI_IS_DRAFT_KEEPER (self));

  g_clear_pointer (&self->problems, g_ptr_array_unref);
  self->problems = copy_problems (problems);
}

/**
 * yeji_draft_keeper_touch:
 * @why: static; as for yeji_store_save()
 *
 * Says that the record was edited.
 */
void
yeji_draft_keeper_touch (YejiDraftKeeper *self,
                         const char      *why)
{
  g_return_if_fail (YEJI_IS_DRAFT_KEEPER (self));

  if (self->edited == self->saved)
    self->oldest = get_now ();
  if (self->sent == self->edited)
    self->oldest_unsent = get_now ();
  self->edited++;
  if (self->why == NULL || !g_str_equal (why, "typed"))
    {
      g_free (self->why);
      self->why = g_strdup (why);
    }
  schedule (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * yeji_draft_keeper_get_state:
 *
 * Returns: whether everything is on disk
 */
YejiKeeperState
yeji_draft_keeper_get_state (YejiDraftKeeper *self)
{
  g_return_val_if_fail (YEJI_IS_DRAFT_KEEPER (self), YEJI_KEEPER_SAVED);

  if (self->saved == self->edited)
    return YEJI_KEEPER_SAVED;
  return self->error != NULL ? YEJI_KEEPER_FAILED : YEJI_KEEPER_PENDING;
}

/**
 * yeji_draft_keeper_get_saved_at:
 *
 * Returns: (nullable): when it was saved last, RFC 3339
 */
const char *
yeji_draft_keeper_get_saved_at (YejiDraftKeeper *self)
{
  return self->saved_at;
}

/**
 * yeji_draft_keeper_get_error:
 *
 * Returns: (nullable): why the last attempt failed
 */
const GError *
yeji_draft_keeper_get_error (YejiDraftKeeper *self)
{
  return self->error;
}

/**
 * yeji_draft_keeper_get_text:
 *
 * Returns: (transfer full): what the status bar says
 */
char *
yeji_draft_keeper_get_text (YejiDraftKeeper *self)
{
  g_autoptr (GDateTime) since = NULL;
  g_autofree char *time = NULL;

  g_return_val_if_fail (YEJI_IS_DRAFT_KEEPER (self), NULL);

  switch (yeji_draft_keeper_get_state (self))
    {
    case YEJI_KEEPER_PENDING:
      return g_strdup (_("Saving…"));
    case YEJI_KEEPER_FAILED:
      since = g_date_time_new_from_unix_local (self->oldest.real / G_USEC_PER_SEC);
      time = g_date_time_format (since, "%H:%M:%S");
      return g_strdup_printf (_("Not saved since %s"), time);
    case YEJI_KEEPER_SAVED:
    default:
      if (self->saved_at == NULL)
        return g_strdup (_("Saved on this computer"));
      time = yeji_time_to_text (self->saved_at);
      return g_strdup_printf (_("Saved on this computer %s"), time);
    }
}

/**
 * yeji_draft_keeper_flush_async:
 *
 * Saves everything that was edited until now at once.
 */
void
yeji_draft_keeper_flush_async (YejiDraftKeeper     *self,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task;
  guint64 *wanted;

  g_return_if_fail (YEJI_IS_DRAFT_KEEPER (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, yeji_draft_keeper_flush_async);
  wanted = g_new (guint64, 1);
  *wanted = self->edited;
  g_task_set_task_data (task, wanted, g_free);
  if (self->saved == self->edited)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  g_queue_push_tail (&self->flushes, task);
  save (self);
}

/**
 * yeji_draft_keeper_flush_finish:
 *
 * Returns: %TRUE when everything that was edited before is on disk; otherwise it is tried again by
 *   itself
 */
gboolean
yeji_draft_keeper_flush_finish (YejiDraftKeeper  *self,
                                GAsyncResult     *result,
                                GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-draft-keeper"

#include "config.h"

#include "yeji-draft-keeper.h"

#include <glib/gi18n.h>

#include "yeji-messages.h"
#include "yeji-store-seen.h"

/* The promise is: on disk within a second. The rest of the second is for the disk. */
#define QUIET_MS 300
#define LATEST_MS 600
#define RETRY_MS 1000
#define RETRY_MAX_MS 5000

typedef struct
{
  gint64 monotonic;
  gint64 real;
} Moment;

/* Somebody who waits until an edit is on disk. */
typedef struct
{
  guint64 wanted;
  gboolean hold;               /* and wants nothing saved from then on */
} Flush;

/* What waits while saving fails; beyond it edits are saved together whatever they are. */
#define MAX_PARTS 100

/* Edits that are saved together, and the record with them. */
typedef struct
{
  YejiRecord *record;
  YejiFacts *facts;            /* (nullable) */
  char *key;                   /* (nullable): of yeji_draft_keeper_begin() */
  char *why;
  guint64 generation;          /* the last edit in it */
  Moment since;                /* the first */
} Part;

struct _YejiDraftKeeper
{
  GObject parent_instance;

  gpointer target;
  const YejiSaver *saver;
  YejiRecord *record;
  YejiFacts *facts;            /* (nullable) */
  char *key;                   /* (nullable): of the edits that are in no part yet */
  char *why;                   /* (nullable): of these */

  guint64 edited;              /* counts edits */
  guint64 parted;              /* the last edit that is in a part */
  guint64 saved;               /* the last edit that is on disk */
  GQueue parts;                /* of Part: to be saved one after the other */
  Part *flight;                /* (nullable): the one that is being saved */
  Moment since;                /* of the first edit that is in no part */

  guint holds;                 /* who asked that nothing is saved for a moment */
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
               const YejiFacts     *facts,
               const char          *why,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  yeji_store_save_async (target, record, facts, why, NULL, callback, user_data);
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

static void
part_free (gpointer data)
{
  Part *part = data;

  g_object_unref (part->record);
  g_clear_pointer (&part->facts, yeji_facts_free);
  g_free (part->key);
  g_free (part->why);
  g_free (part);
}

/* Why several edits were made that are saved together: typing is the least. */
static void
merge_why (char       **why,
           const char  *other)
{
  if (other == NULL || (*why != NULL && g_str_equal (other, "typed")))
    return;
  g_free (*why);
  *why = g_strdup (other);
}

/* Takes the record as it is now; where the last part has the same key, that one grows. */
static void
make_part (YejiDraftKeeper *self)
{
  Part *part = g_queue_peek_tail (&self->parts);

  if (part == NULL || g_strcmp0 (part->key, self->key) != 0)
    {
      part = g_new0 (Part, 1);
      part->key = g_strdup (self->key);
      part->since = self->since;
      g_queue_push_tail (&self->parts, part);
    }
  g_clear_object (&part->record);
  part->record = yeji_record_copy (self->record);
  yeji_record_carry_seen (self->record, part->record);
  g_clear_pointer (&part->facts, yeji_facts_free);
  part->facts = yeji_facts_copy (self->facts);
  merge_why (&part->why, self->why);
  g_clear_pointer (&self->why, g_free);
  part->generation = self->parted = self->edited;
}

static const Moment *
get_oldest (YejiDraftKeeper *self)
{
  const Part *part = self->flight != NULL ? self->flight : g_queue_peek_head (&self->parts);

  return part != NULL ? &part->since : &self->since;
}

static void
answer_flushes (YejiDraftKeeper *self)
{
  GTask *next;

  while ((next = g_queue_peek_head (&self->flushes)) != NULL)
    {
      const Flush *flush = g_task_get_task_data (next);
      g_autoptr (GTask) task = NULL;

      if (self->saved < flush->wanted && self->error == NULL)
        return;
      task = g_queue_pop_head (&self->flushes);
      if (self->saved >= flush->wanted)
        {
          self->holds += flush->hold ? 1 : 0;
          g_task_return_boolean (task, TRUE);
        }
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
  g_autoptr (YejiDraftKeeper) self = data;
  Part *part = g_steal_pointer (&self->flight);
  g_autoptr (GError) error = NULL;
  g_autofree char *saved_at = self->saver->finish (self->target, result, &error);

  g_clear_error (&self->error);
  if (error != NULL)
    {
      g_message ("a draft was not saved: %s", error->message);
      self->error = g_steal_pointer (&error);
      self->failures++;
      g_queue_push_head (&self->parts, part);
    }
  else
    {
      self->saved = MAX (self->saved, part->generation);
      self->failures = 0;
      g_free (self->saved_at);
      self->saved_at = g_steal_pointer (&saved_at);
      part_free (part);
    }
  answer_flushes (self);
  schedule (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Whether what is in no part yet may go with the next one that is sent. */
static gboolean
is_next (YejiDraftKeeper *self)
{
  const Part *last = g_queue_peek_tail (&self->parts);

  return self->edited > self->parted
         && (last == NULL || (last == g_queue_peek_head (&self->parts)
                              && g_strcmp0 (last->key, self->key) == 0));
}

static void
save (YejiDraftKeeper *self)
{
  if (self->flight != NULL || self->holds > 0 || self->saved == self->edited)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (is_next (self))
    {
      g_signal_emit (self, signals[BEFORE_SAVE], 0);
      make_part (self);
    }
  self->flight = g_queue_pop_head (&self->parts);
  self->saver->save (self->target, self->flight->record, self->flight->facts,
                     self->flight->why, on_saved, g_object_ref (self));
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
  gint64 wait = MIN (QUIET_MS, LATEST_MS - (now - get_oldest (self)->monotonic) / 1000);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->flight != NULL || self->holds > 0 || self->saved == self->edited)
    return;
  if (!g_queue_is_empty (&self->parts))
    wait = 0;
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
  g_clear_pointer (&self->facts, yeji_facts_free);
  G_OBJECT_CLASS (yeji_draft_keeper_parent_class)->dispose (object);
}

static void
yeji_draft_keeper_finalize (GObject *object)
{
  YejiDraftKeeper *self = YEJI_DRAFT_KEEPER (object);

  g_assert (g_queue_is_empty (&self->flushes));
  g_assert (self->flight == NULL);
  g_queue_clear_full (&self->parts, part_free);
  g_clear_object (&self->target);
  g_clear_error (&self->error);
  g_free (self->key);
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
  g_queue_init (&self->parts);
}

/**
 * yeji_draft_keeper_new:
 *
 * Keeps a record saved: 300 ms after the last edit, and 600 ms after the first that is not saved
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
 * yeji_draft_keeper_set_facts:
 * @facts: (nullable): what was found in the record, saved with it
 */
void
yeji_draft_keeper_set_facts (YejiDraftKeeper *self,
                             const YejiFacts *facts)
{
  g_return_if_fail (YEJI_IS_DRAFT_KEEPER (self));

  g_clear_pointer (&self->facts, yeji_facts_free);
  self->facts = yeji_facts_copy (facts);
}

/**
 * yeji_draft_keeper_begin:
 * @key: says what is edited, and how
 *
 * Says that an edit comes. What was edited before under another key becomes a save of its own, and
 * so a step of its own in the history. To be called while the record is still as it was.
 */
void
yeji_draft_keeper_begin (YejiDraftKeeper *self,
                         const char      *key)
{
  g_return_if_fail (YEJI_IS_DRAFT_KEEPER (self));

  if (g_strcmp0 (self->key, key) == 0)
    return;
  if (self->edited > self->parted && g_queue_get_length (&self->parts) < MAX_PARTS)
    {
      g_signal_emit (self, signals[BEFORE_SAVE], 0);
      make_part (self);
      if (self->failures == 0)
        save (self);
    }
  g_free (self->key);
  self->key = g_strdup (key);
}

/**
 * yeji_draft_keeper_release:
 *
 * Goes on saving after yeji_draft_keeper_flush_and_hold_async().
 */
void
yeji_draft_keeper_release (YejiDraftKeeper *self)
{
  g_return_if_fail (YEJI_IS_DRAFT_KEEPER (self));
  g_return_if_fail (self->holds > 0);

  self->holds--;
  schedule (self);
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

  if (self->edited == self->parted)
    self->since = get_now ();
  self->edited++;
  merge_why (&self->why, why);
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
      since = g_date_time_new_from_unix_local (get_oldest (self)->real / G_USEC_PER_SEC);
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

static void
flush (YejiDraftKeeper     *self,
       gboolean             hold,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Flush *data = g_new (Flush, 1);

  g_task_set_source_tag (task, flush);
  data->wanted = self->edited;
  data->hold = hold;
  g_task_set_task_data (task, data, g_free);
  if (self->saved == self->edited)
    {
      self->holds += hold ? 1 : 0;
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  g_queue_push_tail (&self->flushes, task);
  save (self);
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
  g_return_if_fail (YEJI_IS_DRAFT_KEEPER (self));

  flush (self, FALSE, callback, user_data);
}

/**
 * yeji_draft_keeper_flush_and_hold_async:
 *
 * Does the same, and from then on saves nothing until yeji_draft_keeper_release(): somebody else
 * changes the record in the store, and what is edited meanwhile comes after that. Nothing is held
 * when the flush fails.
 */
void
yeji_draft_keeper_flush_and_hold_async (YejiDraftKeeper     *self,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  g_return_if_fail (YEJI_IS_DRAFT_KEEPER (self));

  flush (self, TRUE, callback, user_data);
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

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-recheck"

#include "config.h"

#include "yeji-recheck.h"

#include "yeji-background.h"
#include "yeji-clock.h"
#include "yeji-db.h"
#include "yeji-facts-for.h"
#include "yeji-store-declared.h"
#include "yeji-store-facts.h"

/* In one transaction: what is noted of a record writes all of it anew, and a keystroke that is to
 * be saved meanwhile waits for that. */
#define BATCH 16
/* From the end of one to the next, if the window has nothing to do: a quarter of one processor. */
#define PAUSE_MS 60
/* Lists read themselves anew when they are told. */
#define TELL_AFTER (2 * G_USEC_PER_SEC)

struct _YejiRecheck
{
  GObject parent_instance;

  YejiStore *store;
  GCancellable *cancellable;
  YejiValidator *validator;    /* (nullable): of the last record's dictionary */
  char *cursor;                /* (nullable): what was checked last */
  gint64 told;                 /* when "changed" was emitted last */
  guint n_untold;              /* records noted since */
  guint timer;                 /* source: the next batch, 0 while one runs and at the end */
  gboolean done;
};

G_DEFINE_FINAL_TYPE (YejiRecheck, yeji_recheck, G_TYPE_OBJECT)

/* Under the rules that counted when it was stored, as everywhere else. */
static gboolean
check (YejiRecheck  *self,
       const char   *uuid,
       GPtrArray    *records,
       GPtrArray    *facts,
       GError      **error)
{
  g_autoptr (YejiRecord) record = yeji_store_load_as_is (self->store, uuid, error);
  g_autofree char *today = yeji_clock_today ();
  g_auto (GStrv) slots = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  YejiDictionary *dictionary;

  if (record == NULL)
    return FALSE;
  slots = yeji_store_get_filled_slots (self->store, uuid, error);
  if (slots == NULL)
    return FALSE;
  dictionary = yeji_record_get_dictionary (record);
  if (self->validator == NULL || yeji_validator_get_dictionary (self->validator) != dictionary)
    {
      g_clear_object (&self->validator);
      self->validator = yeji_validator_new (dictionary, yeji_language_get_current ());
    }
  problems = yeji_validator_check_against (self->validator, record, today,
                                           (const char *const *) slots,
                                           yeji_store_get_declared (self->store));
  g_ptr_array_add (facts, yeji_facts_new_for (self->validator, record, problems,
                                              (const char *const *) slots));
  g_ptr_array_add (records, g_steal_pointer (&record));
  return TRUE;
}

/* On a thread of its own, never two at once. Returns whether there may be more. */
static gpointer
check_batch (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  YejiRecheck *self = data;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_facts_free);
  g_autoptr (GPtrArray) uuids = NULL;
  gboolean more, tell;

  uuids = yeji_store_list_unchecked (self->store, &self->cursor, BATCH, error);
  if (uuids == NULL)
    return NULL;
  for (guint i = 0; i < uuids->len && !g_cancellable_is_cancelled (self->cancellable); i++)
    {
      const char *uuid = g_ptr_array_index (uuids, i);
      g_autoptr (GError) reason = NULL;

      if (!check (self, uuid, records, facts, &reason)
          && !g_error_matches (reason, YEJI_DB_ERROR, YEJI_DB_ERROR_CLOSED))
        g_message ("%s was not checked: %s", uuid, reason->message);
    }
  more = uuids->len == BATCH;
  self->n_untold += records->len;
  tell = self->n_untold > 0
         && (!more || g_get_monotonic_time () - self->told > TELL_AFTER);
  if (!yeji_store_note_checks (self->store, records, facts, tell, error))
    return NULL;
  if (tell)
    {
      self->told = g_get_monotonic_time ();
      self->n_untold = 0;
    }
  return GINT_TO_POINTER (1 + more);
}

static gboolean start_batch (gpointer data);

static void
on_batch_done (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  YejiRecheck *self = YEJI_RECHECK (source);
  g_autoptr (GError) error = NULL;
  gpointer more = yeji_background_finish (result, &error);

  if (error != NULL && !g_error_matches (error, YEJI_DB_ERROR, YEJI_DB_ERROR_CLOSED))
    g_message ("%s", error->message);
  if (GPOINTER_TO_INT (more) > 1 && !g_cancellable_is_cancelled (self->cancellable))
    self->timer = g_timeout_add_full (G_PRIORITY_LOW, PAUSE_MS, start_batch, self, NULL);
  else
    self->done = TRUE;
}

/* Whatever the window has to do comes before. */
static gboolean
start_batch (gpointer data)
{
  YejiRecheck *self = data;

  self->timer = 0;
  yeji_background_run (self, check_batch, self, NULL, NULL, on_batch_done, NULL);
  return G_SOURCE_REMOVE;
}

static void
yeji_recheck_finalize (GObject *object)
{
  YejiRecheck *self = YEJI_RECHECK (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->validator);
  g_object_unref (self->cancellable);
  g_object_unref (self->store);
  g_free (self->cursor);
  G_OBJECT_CLASS (yeji_recheck_parent_class)->finalize (object);
}

static void
yeji_recheck_class_init (YejiRecheckClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_recheck_finalize;
}

static void
yeji_recheck_init (YejiRecheck *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * yeji_recheck_new:
 *
 * Begins at once, once over all records; what comes to be unknown meanwhile is left for the next
 * time that the profile is opened.
 *
 * Returns: (transfer full): to be ended with yeji_recheck_stop()
 */
YejiRecheck *
yeji_recheck_new (YejiStore *store)
{
  YejiRecheck *self = g_object_new (YEJI_TYPE_RECHECK, NULL);

  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  self->store = g_object_ref (store);
  self->timer = g_timeout_add_full (G_PRIORITY_LOW, 0, start_batch, self, NULL);
  return self;
}

/**
 * yeji_recheck_stop:
 *
 * Ends after the record at hand, which is noted if the store is still open.
 */
void
yeji_recheck_stop (YejiRecheck *self)
{
  g_return_if_fail (YEJI_IS_RECHECK (self));

  g_cancellable_cancel (self->cancellable);
  self->done |= self->timer != 0;
  g_clear_handle_id (&self->timer, g_source_remove);
}

/**
 * yeji_recheck_is_done:
 *
 * Returns: whether nothing goes on any more
 */
gboolean
yeji_recheck_is_done (YejiRecheck *self)
{
  g_return_val_if_fail (YEJI_IS_RECHECK (self), TRUE);

  return self->done;
}

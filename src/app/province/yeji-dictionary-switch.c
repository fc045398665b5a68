// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-dictionary-switch"

#include "config.h"

#include "yeji-dictionary-switch.h"

#include "yeji-background.h"
#include "yeji-clock.h"
#include "yeji-facts-for.h"
#include "yeji-store-declared.h"

/* Saves what is open, adopts the dictionary that is offered, and checks what was moved. */
typedef struct
{
  guint unflushed;
  GError *error;               /* (nullable): why a draft was not saved */
} Switch;

typedef struct
{
  YejiStore *store;
  GPtrArray *reports;          /* (element-type YejiMoveReport) */
} Check;

static void
free_switch (gpointer data)
{
  Switch *job = data;

  g_clear_error (&job->error);
  g_free (job);
}

static void
free_check (gpointer data)
{
  Check *check = data;

  g_object_unref (check->store);
  g_ptr_array_unref (check->reports);
  g_free (check);
}

/* Under the new rules; the store still gives out records under the older dictionary otherwise. */
static gboolean
check_record (YejiStore      *store,
              YejiValidator **validator,
              const char     *uuid,
              GError        **error)
{
  g_autoptr (YejiRecord) record = yeji_store_load_as_is (store, uuid, error);
  g_autofree char *today = yeji_clock_today ();
  g_auto (GStrv) slots = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (YejiFacts) facts = NULL;
  YejiDictionary *dictionary;

  if (record == NULL)
    return FALSE;
  dictionary = yeji_record_get_dictionary (record);
  if (*validator == NULL || yeji_validator_get_dictionary (*validator) != dictionary)
    {
      g_clear_object (validator);
      *validator = yeji_validator_new (dictionary, yeji_language_get_current ());
    }
  slots = yeji_store_get_filled_slots (store, uuid, NULL);
  problems = yeji_validator_check_against (*validator, record, today, (const char * const *) slots,
                                           yeji_store_get_declared (store));
  facts = yeji_facts_new_for (*validator, record, problems, (const char * const *) slots);
  return yeji_store_save (store, record, facts, "migrated", error);
}

/* A record that cannot be checked now counts as not checked, and is checked when it is opened. */
static gpointer
check_all (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Check *check = data;
  g_autoptr (YejiValidator) validator = NULL;

  for (guint i = 0; i < check->reports->len; i++)
    {
      const YejiMoveReport *report = g_ptr_array_index (check->reports, i);
      g_autoptr (GError) reason = NULL;

      if (!check_record (check->store, &validator, report->uuid, &reason))
        g_message ("%s was moved and not checked: %s", report->uuid, reason->message);
    }
  return g_ptr_array_ref (check->reports);
}

static void
on_checked (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *reports = yeji_background_finish (result, &error);

  if (reports != NULL)
    g_task_return_pointer (task, reports, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_adopted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reports = NULL;
  Check *check;

  reports = yeji_store_adopt_dictionary_finish (YEJI_STORE (source), result, &error);
  if (reports == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  check = g_new (Check, 1);
  check->store = YEJI_STORE (g_object_ref (source));
  check->reports = g_steal_pointer (&reports);
  yeji_background_run (source, check_all, check, free_check, (GDestroyNotify) g_ptr_array_unref,
                       on_checked, g_steal_pointer (&task));
}

static void
adopt (GTask *task)
{
  Switch *job = g_task_get_task_data (task);

  if (job->error != NULL)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    yeji_store_adopt_dictionary_async (g_task_get_source_object (task), NULL, on_adopted,
                                       g_object_ref (task));
}

static void
on_flushed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  Switch *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!yeji_draft_keeper_flush_finish (YEJI_DRAFT_KEEPER (source), result, &error)
      && job->error == NULL)
    job->error = g_steal_pointer (&error);
  if (--job->unflushed == 0)
    adopt (task);
}

/**
 * yeji_dictionary_switch_async:
 * @keepers: (element-type YejiDraftKeeper): of the drafts that are open, or not saved yet
 *
 * Goes over to the dictionary that is offered once every draft is on the disk. Nothing changes when
 * one of them cannot be saved. The store is to be opened again after that.
 */
void
yeji_dictionary_switch_async (YejiStore           *store,
                              GList               *keepers,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (store, NULL, callback, user_data);
  Switch *job = g_new0 (Switch, 1);

  g_return_if_fail (YEJI_IS_STORE (store));

  g_task_set_source_tag (task, yeji_dictionary_switch_async);
  g_task_set_task_data (task, job, free_switch);
  job->unflushed = g_list_length (keepers);
  for (GList *item = keepers; item != NULL; item = item->next)
    yeji_draft_keeper_flush_async (item->data, on_flushed, g_object_ref (task));
  if (keepers == NULL)
    adopt (task);
}

/**
 * yeji_dictionary_switch_finish:
 *
 * Returns: (transfer container) (nullable) (element-type YejiMoveReport): what became of the drafts
 */
GPtrArray *
yeji_dictionary_switch_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

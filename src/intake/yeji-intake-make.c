// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* How a plan comes about: on a thread, all of it. */

#define G_LOG_DOMAIN "yeji-intake"

#include "config.h"

#include "yeji-intake-plan-private.h"

#include "yeji-intake-progress.h"
#include "yeji-match-records.h"

typedef struct
{
  YejiStore *store;
  GPtrArray *roots;            /* (element-type GFile) */
  char *uuid;
  char *slot;
  YejiIntakeTeller *teller;
} Making;

static void
free_making (gpointer data)
{
  Making *making = data;

  g_object_unref (making->store);
  g_ptr_array_unref (making->roots);
  g_free (making->uuid);
  g_free (making->slot);
  yeji_intake_teller_free (making->teller);
  g_free (making);
}

static void
tell_found (guint    n,
            gpointer data)
{
  yeji_intake_teller_tell (data, n, 0, FALSE);
}

static gboolean
has_record (GPtrArray  *records,
            const char *uuid)
{
  for (guint i = 0; i < records->len; i++)
    if (g_str_equal (((const YejiMatchRecord *) g_ptr_array_index (records, i))->uuid, uuid))
      return TRUE;
  return FALSE;
}

/* A record that is given must be one that may be changed. */
static gboolean
check_target (Making     *making,
              GPtrArray  *records,
              GError    **error)
{
  YejiDictionary *dictionary = yeji_store_get_dictionary (making->store);

  if (making->uuid != NULL && !has_record (records, making->uuid))
    {
      g_autoptr (YejiEntry) entry = yeji_store_get_entry (making->store, making->uuid, error);

      if (entry != NULL)
        g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE,
                     "the record is %s, and fixed",
                     yeji_state_to_text (yeji_entry_get_state (entry)));
      return FALSE;
    }
  if (making->slot == NULL || yeji_dictionary_find_slot (dictionary, making->slot) != NULL)
    return TRUE;
  g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND, "there is no slot %s",
               making->slot);
  return FALSE;
}

static GPtrArray *
match_files (Making    *making,
             GPtrArray *files,
             GPtrArray *records)
{
  g_autoptr (YejiMatcher) matcher = NULL;
  g_autofree const char **paths = g_new0 (const char *, files->len + 1);

  for (guint i = 0; i < files->len; i++)
    paths[i] = ((const YejiSourceFile *) g_ptr_array_index (files, i))->path;
  matcher = yeji_matcher_new (yeji_store_get_dictionary (making->store), records);
  return yeji_matcher_match_all (matcher, paths, files->len);
}

static void
make_plan (GTask        *task,
           gpointer      object,
           gpointer      data,
           GCancellable *cancellable)
{
  Making *making = data;
  g_autoptr (YejiSource) source = yeji_source_new ((GFile **) making->roots->pdata,
                                                   making->roots->len);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) matches = NULL;
  g_autoptr (GHashTable) filled = NULL;
  GError *error = NULL;
  GPtrArray *files;

  records = yeji_match_records_load (making->store, &error);
  if (records == NULL || !check_target (making, records, &error)
      || (filled = yeji_intake_count_files (making->store, &error)) == NULL
      || !yeji_source_read (source, tell_found, making->teller, cancellable, &error))
    {
      /* who waits for the answer may end the program with it: nothing unpacked stays */
      g_clear_pointer (&source, yeji_source_free);
      g_task_return_error (task, error);
      return;
    }
  files = yeji_source_get_files (source);
  matches = match_files (making, files, records);
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_clear_pointer (&source, yeji_source_free);
      g_task_return_error_if_cancelled (task);
      return;
    }
  yeji_intake_teller_tell (making->teller, files->len, files->len, TRUE);
  g_task_return_pointer (task,
                         yeji_intake_plan_new (making->store, g_steal_pointer (&source), records,
                                               matches, filled, making->uuid, making->slot),
                         g_object_unref);
}

/**
 * yeji_intake_plan_make_async:
 * @roots: (array length=n_roots): files, folders, zip archives
 * @uuid: (nullable): the record that all go to; %NULL to find it by the names
 * @slot: (nullable): the slot that all go to; %NULL to find it by the names
 * @progress: (nullable): told how many files there are up to now, @n_all being 0
 *
 * Looks for files and where they belong. Nothing is examined or taken yet.
 */
void
yeji_intake_plan_make_async (YejiStore           *store,
                             GFile * const       *roots,
                             guint                n_roots,
                             const char          *uuid,
                             const char          *slot,
                             YejiIntakeProgress   progress,
                             gpointer             progress_data,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Making *making = g_new0 (Making, 1);

  g_task_set_source_tag (task, yeji_intake_plan_make_async);
  making->store = g_object_ref (store);
  making->roots = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_roots; i++)
    g_ptr_array_add (making->roots, g_object_ref (roots[i]));
  making->uuid = g_strdup (uuid);
  making->slot = g_strdup (slot);
  making->teller = yeji_intake_teller_new (progress, progress_data);
  g_task_set_task_data (task, making, free_making);
  g_task_run_in_thread (task, make_plan);
}

/**
 * yeji_intake_plan_make_finish:
 *
 * Returns: (transfer full) (nullable): the plan, maybe an empty one; %NULL with
 *   %G_IO_ERROR_CANCELLED, another #GIOErrorEnum when there is no room to unpack, an error of
 *   #YejiDbError, %YEJI_STORE_ERROR_NOT_FOUND or %YEJI_STORE_ERROR_STATE for a record or slot that
 *   was given
 */
YejiIntakePlan *
yeji_intake_plan_make_finish (GAsyncResult  *result,
                              GError       **error)
{
  YejiIntakePlan *plan;

  g_return_val_if_fail (g_async_result_is_tagged (result, yeji_intake_plan_make_async), NULL);

  plan = g_task_propagate_pointer (G_TASK (result), error);
  if (plan != NULL)
    yeji_intake_plan_judge_room (plan);   /* it tells, which is for this thread */
  return plan;
}

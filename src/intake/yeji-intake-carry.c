// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* How a plan is carried out, and undone. */

#define G_LOG_DOMAIN "yeji-intake"

#include "config.h"

#include "yeji-intake-plan-private.h"

#include "yeji-intake-progress.h"
#include "yeji-intake-store.h"
#include "yeji-match-records.h"
#include "yeji-store-names.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  YejiStore *store;
  GPtrArray *incoming;         /* (element-type YejiIncoming) */
  YejiIntakeTeller *teller;
} Carrying;

static void
free_carrying (gpointer data)
{
  Carrying *carrying = data;

  g_object_unref (carrying->store);
  g_ptr_array_unref (carrying->incoming);
  yeji_intake_teller_free (carrying->teller);
  g_free (carrying);
}

static void
free_failure (gpointer data)
{
  YejiIntakeFailure *failure = data;

  g_free (failure->path);
  g_free (failure->message);
  g_free (failure);
}

void
yeji_taken_free (YejiTaken *self)
{
  g_free (self->batch);
  g_strfreev (self->uuids);
  g_ptr_array_unref (self->failures);
  g_free (self);
}

/* What the examiner could not say anything of is as good as not examined. */
static char *
make_findings (const YejiFindings *findings)
{
  YejiExaminerError code;

  if (findings == NULL
      || (findings->failure != NULL
          && yeji_examiner_error_from_word (findings->failure, &code)
          && code == YEJI_EXAMINER_ERROR_MISSING))
    return NULL;
  return yeji_findings_to_json (findings);
}

/* A picture that the camera held upside down is shown upright. */
static int
get_rotation (const YejiFindings *findings)
{
  return findings != NULL && findings->rotation % 90 == 0 ? findings->rotation % 360 : 0;
}

static YejiIncoming *
make_incoming (YejiIntakePlan *plan,
               YejiIntakeItem *item)
{
  const char *uuid = yeji_intake_item_get_uuid (item);
  const char *slot = yeji_intake_item_get_slot (item);
  GFile *shrunk = yeji_intake_plan_get_shrink (plan) ? yeji_intake_item_get_shrunk (item) : NULL;
  const YejiFindings *findings = shrunk != NULL ? yeji_intake_item_get_shrunk_findings (item)
                                                : yeji_intake_item_get_findings (item);
  gboolean placed = uuid != NULL && slot != NULL;
  YejiIncoming *incoming =
    yeji_incoming_new (shrunk != NULL ? shrunk : yeji_intake_item_get_file (item),
                       placed ? uuid : NULL, placed ? slot : NULL);

  g_free (incoming->filename);
  incoming->filename = g_strdup (yeji_intake_item_get_filename (item));
  g_free (incoming->origin);
  incoming->origin = g_strdup (yeji_intake_item_get_path (item));
  if (shrunk != NULL)
    g_set_object (&incoming->original, yeji_intake_item_get_file (item));
  incoming->rotation = get_rotation (findings);
  g_free (incoming->findings);
  incoming->findings = make_findings (findings);
  return incoming;
}

static void
tell_copied (guint    n_done,
             guint    n_all,
             gpointer data)
{
  yeji_intake_teller_tell (data, n_done, n_all, n_done == n_all);
}

static char *
describe_failure (const GError *error)
{
  if (g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    return g_strdup (_("The record is not there any more."));
  if (g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE))
    return g_strdup (_("The record cannot be changed now."));
  if (g_error_matches (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_FULL))
    return g_strdup (_("This document has as many files as it may have. Put pages together into one"
                       " PDF first."));
  return g_strdup (error->message);
}

static YejiTaken *
sum_up (Carrying *carrying,
        char     *batch)
{
  YejiTaken *taken = g_new0 (YejiTaken, 1);
  g_autoptr (GHashTable) uuids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree gpointer *keys = NULL;

  taken->batch = batch;
  taken->failures = g_ptr_array_new_with_free_func (free_failure);
  for (guint i = 0; i < carrying->incoming->len; i++)
    {
      const YejiIncoming *one = g_ptr_array_index (carrying->incoming, i);

      if (one->error != NULL)
        {
          YejiIntakeFailure *failure = g_new (YejiIntakeFailure, 1);

          failure->path = g_strdup (one->origin);
          failure->message = describe_failure (one->error);
          g_ptr_array_add (taken->failures, failure);
        }
      else if (one->was_there)
        taken->n_there++;
      else if (one->uuid == NULL)
        taken->n_tray++;
      else
        {
          taken->n_placed++;
          g_hash_table_add (uuids, one->uuid);
        }
    }
  keys = g_hash_table_get_keys_as_array (uuids, NULL);
  taken->uuids = g_strdupv ((GStrv) keys);
  return taken;
}

static void
carry_out (GTask        *task,
           gpointer      object,
           gpointer      data,
           GCancellable *cancellable)
{
  Carrying *carrying = data;
  g_autofree char *batch = NULL;
  GError *error = NULL;
  YejiTaken *taken;

  if (!yeji_store_take_files (carrying->store, carrying->incoming, &batch, tell_copied,
                              carrying->teller, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  taken = sum_up (carrying, g_steal_pointer (&batch));
  yeji_match_recheck (carrying->store, (const char * const *) taken->uuids);
  g_task_return_pointer (task, taken, (GDestroyNotify) yeji_taken_free);
}

/**
 * yeji_intake_plan_carry_out_async:
 * @progress: (nullable): told how many files are copied
 *
 * Takes the files that are included, all in one step: into their slots in their order, or into the
 * tray; shrunk ones with their originals. Records that get files are checked anew. When it is
 * cancelled nothing is taken.
 */
void
yeji_intake_plan_carry_out_async (YejiIntakePlan      *self,
                                  YejiIntakeProgress   progress,
                                  gpointer             progress_data,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GPtrArray) items = NULL;
  Carrying *carrying;

  g_return_if_fail (YEJI_IS_INTAKE_PLAN (self));

  carrying = g_new0 (Carrying, 1);
  carrying->store = g_object_ref (yeji_intake_plan_get_store (self));
  carrying->incoming = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_incoming_free);
  carrying->teller = yeji_intake_teller_new (progress, progress_data);
  items = yeji_intake_plan_dup_items (self);
  for (guint i = 0; i < items->len; i++)
    {
      YejiIntakeItem *item = g_ptr_array_index (items, i);

      if (yeji_intake_item_is_included (item))
        g_ptr_array_add (carrying->incoming, make_incoming (self, item));
    }
  g_task_set_source_tag (task, yeji_intake_plan_carry_out_async);
  g_task_set_task_data (task, carrying, free_carrying);
  g_task_run_in_thread (task, carry_out);
}

/**
 * yeji_intake_plan_carry_out_finish:
 *
 * Returns: (transfer full) (nullable): what became of it; %NULL with %G_IO_ERROR_CANCELLED, an
 *   error of #YejiDbError or %YEJI_STORE_ERROR_FILE when the disk fails: nothing was taken then
 */
YejiTaken *
yeji_intake_plan_carry_out_finish (YejiIntakePlan  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
undo (GTask        *task,
      gpointer      object,
      gpointer      data,
      GCancellable *cancellable)
{
  YejiStore *store = object;
  const char *batch = data;
  GError *error = NULL;
  g_auto (GStrv) uuids = yeji_store_list_taken (store, batch, &error);
  GPtrArray *left = NULL;

  if (uuids == NULL || !yeji_store_undo_taking (store, batch, &left, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  yeji_match_recheck (store, (const char * const *) uuids);
  g_task_return_pointer (task, left, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * yeji_intake_undo_async:
 * @batch: of #YejiTaken, or of yeji_store_find_last_taking()
 *
 * Takes back all that was taken in one go, in whatever state the program was since.
 */
void
yeji_intake_undo_async (YejiStore           *store,
                        const char          *batch,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);

  g_return_if_fail (YEJI_IS_STORE (store));
  g_return_if_fail (batch != NULL);

  g_task_set_source_tag (task, yeji_intake_undo_async);
  g_task_set_task_data (task, g_strdup (batch), g_free);
  g_task_run_in_thread (task, undo);
}

/**
 * yeji_intake_undo_finish:
 * @left: (out) (optional) (element-type YejiFilePlace): what was changed since, and stays
 *
 * Returns: %FALSE with an error of yeji_store_undo_taking()
 */
gboolean
yeji_intake_undo_finish (YejiStore     *store,
                         GAsyncResult  *result,
                         GPtrArray    **left,
                         GError       **error)
{
  g_autoptr (GPtrArray) places = NULL;

  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  places = g_task_propagate_pointer (G_TASK (result), error);
  if (left != NULL)
    *left = places != NULL ? g_ptr_array_ref (places) : NULL;
  return places != NULL;
}

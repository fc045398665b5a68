// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* How a plan's files are looked at, shrunk and put together: one after the other on a thread, and
 * told one by one in the main context. */

#define G_LOG_DOMAIN "yeji-intake"

#include "config.h"

#include "yeji-intake-plan-private.h"

#include "yeji-intake-progress.h"
#include "yeji-intake-store.h"

#include <string.h>

typedef struct
{
  YejiIntakePlan *plan;
  YejiStore *store;
  YejiExaminer *examiner;
  gboolean own_examiner;
  GPtrArray *items;            /* (element-type YejiIntakeItem) */
  YejiIntakeTeller *teller;
  GMainContext *context;
  GHashTable *by_content;      /* sha256 -> YejiIntakeItem, on the thread */
  gint64 limit;                /* bytes a file */
  YejiIntakeItem *combined;    /* (nullable) */
} Work;

/* What was found out of one item. */
typedef struct
{
  YejiIntakePlan *plan;
  YejiIntakeItem *item;
  YejiFindings *findings;
  GFile *shrunk;
  YejiFindings *shrunk_findings;
  GPtrArray *places;           /* (nullable) (element-type YejiFilePlace) */
  YejiIntakeItem *twin;        /* (nullable) */
} Result;

static void
free_work (gpointer data)
{
  Work *work = data;

  /* it may wait for its child */
  if (work->own_examiner)
    yeji_examiner_close (work->examiner);
  g_object_unref (work->examiner);
  g_object_unref (work->store);
  g_object_unref (work->plan);
  g_ptr_array_unref (work->items);
  g_clear_pointer (&work->teller, yeji_intake_teller_free);
  g_main_context_unref (work->context);
  g_clear_pointer (&work->by_content, g_hash_table_unref);
  g_clear_object (&work->combined);
  g_free (work);
}

static void
free_result (gpointer data)
{
  Result *result = data;

  g_object_unref (result->plan);
  g_object_unref (result->item);
  g_clear_pointer (&result->findings, yeji_findings_free);
  g_clear_object (&result->shrunk);
  g_clear_pointer (&result->shrunk_findings, yeji_findings_free);
  g_clear_pointer (&result->places, g_ptr_array_unref);
  g_clear_object (&result->twin);
  g_free (result);
}

static gboolean
apply (gpointer data)
{
  Result *result = data;

  yeji_intake_item_set_shrunk (result->item, result->shrunk,
                               g_steal_pointer (&result->shrunk_findings));
  yeji_intake_item_set_findings (result->item, g_steal_pointer (&result->findings));
  yeji_intake_item_set_places (result->item, result->places);
  yeji_intake_plan_judge (result->plan, result->item);
  yeji_intake_plan_judge_same (result->plan, result->item, result->places, result->twin);
  return G_SOURCE_REMOVE;
}

static void
send_result (Work   *work,
             Result *result)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  /* before the task's own callback */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, apply, result, free_result);
  g_source_attach (source, work->context);
}

/* Whether trying to shrink it makes sense. */
static gboolean
can_shrink (const YejiFindings *findings)
{
  return findings->failure == NULL && findings->media_type != NULL
         && (g_str_has_prefix (findings->media_type, "image/")
             || g_str_equal (findings->media_type, "application/pdf"));
}

static gboolean
shrink (Work          *work,
        Result        *result,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autofree char *path = yeji_intake_plan_make_place (work->plan, error);
  g_autoptr (GFile) to = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr (GError) reason = NULL;

  if (to == NULL)
    return FALSE;
  if (yeji_examiner_shrink (work->examiner, yeji_intake_item_get_file (result->item), to,
                            work->limit, &result->shrunk_findings, cancellable, &reason))
    result->shrunk = g_steal_pointer (&to);
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  return TRUE;
}

/* Blocks on the examiner; only what cannot go on at all is an error. */
static gboolean
examine (Work            *work,
         YejiIntakeItem  *item,
         GCancellable    *cancellable,
         GError         **error)
{
  Result *result = g_new0 (Result, 1);
  g_autoptr (GError) reason = NULL;

  result->plan = g_object_ref (work->plan);
  result->item = g_object_ref (item);
  result->findings = yeji_examiner_examine (work->examiner, yeji_intake_item_get_file (item),
                                            cancellable, &reason);
  if (result->findings == NULL
      && (reason == NULL || g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      free_result (result);
      return FALSE;
    }
  if (result->findings == NULL)
    {
      result->findings = yeji_findings_new_for_error (reason);
      result->findings->size = yeji_intake_item_get_size (item);
    }
  if (result->findings->sha256 != NULL)
    {
      YejiIntakeItem *twin = g_hash_table_lookup (work->by_content, result->findings->sha256);

      result->places = yeji_store_find_same (work->store, result->findings->sha256, NULL);
      if (twin != NULL)
        result->twin = g_object_ref (twin);
      else
        g_hash_table_insert (work->by_content, g_strdup (result->findings->sha256),
                             g_object_ref (item));
    }
  if (work->limit > 0 && result->findings->size > work->limit && can_shrink (result->findings)
      && !shrink (work, result, cancellable, error))
    {
      free_result (result);
      return FALSE;
    }
  send_result (work, result);
  return TRUE;
}

static void
examine_all (GTask        *task,
             gpointer      object,
             gpointer      data,
             GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;

  for (guint i = 0; i < work->items->len; i++)
    {
      if (!examine (work, g_ptr_array_index (work->items, i), cancellable, &error))
        {
          g_task_return_error (task, error);
          return;
        }
      yeji_intake_teller_tell (work->teller, i + 1, work->items->len, i + 1 == work->items->len);
    }
  g_task_return_boolean (task, TRUE);
}

static Work *
new_work (YejiIntakePlan     *plan,
          YejiExaminer       *examiner,
          YejiIntakeProgress  progress,
          gpointer            progress_data)
{
  Work *work = g_new0 (Work, 1);
  YejiDictionary *dictionary;

  work->plan = g_object_ref (plan);
  work->store = g_object_ref (yeji_intake_plan_get_store (plan));
  dictionary = yeji_store_get_dictionary (work->store);
  work->own_examiner = examiner == NULL;
  work->examiner = examiner != NULL ? g_object_ref (examiner) : yeji_examiner_new ();
  if (work->own_examiner)
    yeji_examiner_set_limits (work->examiner, yeji_dictionary_get_limits (dictionary));
  work->limit = yeji_dictionary_get_limits (dictionary)->file_size;
  work->items = g_ptr_array_new_with_free_func (g_object_unref);
  work->teller = yeji_intake_teller_new (progress, progress_data);
  work->context = g_main_context_ref_thread_default ();
  work->by_content = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return work;
}

/**
 * yeji_intake_plan_examine_async:
 * @examiner: (nullable): %NULL for one of its own
 *
 * Looks at every file that was not looked at before: what it is, what is wrong with it, whether the
 * same is there already; one above the limit is shrunk beside. Each item tells when it is its turn.
 * The plan may be changed meanwhile.
 */
void
yeji_intake_plan_examine_async (YejiIntakePlan      *self,
                                YejiExaminer        *examiner,
                                YejiIntakeProgress   progress,
                                gpointer             progress_data,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GPtrArray) items = NULL;
  Work *work;

  g_return_if_fail (YEJI_IS_INTAKE_PLAN (self));

  work = new_work (self, examiner, progress, progress_data);
  items = yeji_intake_plan_dup_items (self);
  for (guint i = 0; i < items->len; i++)
    {
      YejiIntakeItem *item = g_ptr_array_index (items, i);
      const YejiFindings *findings = yeji_intake_item_get_findings (item);

      if (findings == NULL)
        g_ptr_array_add (work->items, g_object_ref (item));
      else if (findings->sha256 != NULL)
        g_hash_table_insert (work->by_content, g_strdup (findings->sha256), g_object_ref (item));
    }
  g_task_set_source_tag (task, yeji_intake_plan_examine_async);
  g_task_set_task_data (task, work, free_work);
  g_task_run_in_thread (task, examine_all);
}

/**
 * yeji_intake_plan_examine_finish:
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED, or another #GIOErrorEnum when nothing can be written;
 *   what was found up to then stays
 */
gboolean
yeji_intake_plan_examine_finish (YejiIntakePlan  *self,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- several pictures to one PDF --- */

static char *
make_combined_path (YejiIntakeItem *first)
{
  const char *path = yeji_intake_item_get_path (first);
  const char *slash = strrchr (path, '/');
  const char *dot = strrchr (path, '.');
  gsize length = dot != NULL && (slash == NULL || dot > slash + 1) ? (gsize) (dot - path)
                                                                   : strlen (path);

  return g_strdup_printf ("%.*s.pdf", (int) length, path);
}

static void
combine (GTask        *task,
         gpointer      object,
         gpointer      data,
         GCancellable *cancellable)
{
  Work *work = data;
  g_autofree GFile **files = g_new0 (GFile *, work->items->len + 1);
  g_autofree char *name = make_combined_path (g_ptr_array_index (work->items, 0));
  g_autofree char *place = NULL;
  g_autoptr (GFile) to = NULL;
  YejiFindings *findings = NULL;
  GError *error = NULL;

  place = yeji_intake_plan_make_place (work->plan, &error);
  to = place != NULL ? g_file_new_for_path (place) : NULL;
  for (guint i = 0; i < work->items->len; i++)
    files[i] = yeji_intake_item_get_file (g_ptr_array_index (work->items, i));
  if (to == NULL
      || !yeji_examiner_combine (work->examiner, files, work->items->len, to, &findings,
                                 cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  work->combined = yeji_intake_item_new (name, to, findings->size, NULL);
  yeji_findings_free (findings);
  if (!examine (work, work->combined, cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, g_object_ref (work->combined), g_object_unref);
}

/**
 * yeji_intake_plan_combine_async:
 * @items: (element-type YejiIntakeItem): pictures, in the order of the pages; two at least
 * @examiner: (nullable): %NULL for one of its own
 *
 * Makes one PDF of several pictures, which takes the place of the first one in the plan; the
 * pictures themselves leave it, and their files stay as they are.
 */
void
yeji_intake_plan_combine_async (YejiIntakePlan      *self,
                                GPtrArray           *items,
                                YejiExaminer        *examiner,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Work *work;

  g_return_if_fail (YEJI_IS_INTAKE_PLAN (self));
  g_return_if_fail (items != NULL && items->len > 0);

  work = new_work (self, examiner, NULL, NULL);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (work->items, g_object_ref (g_ptr_array_index (items, i)));
  g_task_set_source_tag (task, yeji_intake_plan_combine_async);
  g_task_set_task_data (task, work, free_work);
  g_task_run_in_thread (task, combine);
}

/**
 * yeji_intake_plan_combine_finish:
 *
 * Returns: (transfer full) (nullable): the new item, which is in the plan now; %NULL with an error
 *   of #YejiExaminerError or #GIOErrorEnum, the plan being as it was
 */
YejiIntakeItem *
yeji_intake_plan_combine_finish (YejiIntakePlan  *self,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  YejiIntakeItem *item;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  item = g_task_propagate_pointer (G_TASK (result), error);
  if (item != NULL)
    {
      Work *work = g_task_get_task_data (G_TASK (result));

      yeji_intake_plan_replace (self, work->items, g_object_ref (item));
    }
  return item;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-draft"

#include "config.h"

#include "yeji-draft-undo.h"

/* First what was typed goes to the disk, then the store undoes, then the screen follows. Between
 * the last two nothing is saved: the record on the screen is still the one from before. */

static void
on_undone (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  YejiDraft *draft = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (YejiUndo) undo = yeji_store_undo_finish (YEJI_STORE (source), result, &error);

  if (undo != NULL)
    yeji_draft_follow (draft, undo->changes);
  yeji_draft_keeper_release (yeji_draft_get_keeper (draft));
  if (undo != NULL)
    g_task_return_pointer (task, g_steal_pointer (&undo), (GDestroyNotify) yeji_undo_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_flushed (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  YejiDraftKeeper *keeper = YEJI_DRAFT_KEEPER (source);
  g_autoptr (GTask) task = data;
  YejiDraft *draft = g_task_get_source_object (task);
  gboolean again = GPOINTER_TO_INT (g_task_get_task_data (task));
  g_autoptr (GError) error = NULL;

  if (!yeji_draft_keeper_flush_finish (keeper, result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  yeji_store_undo_async (yeji_draft_get_store (draft), yeji_draft_get_uuid (draft),
                         again, on_undone, g_steal_pointer (&task));
}

/**
 * yeji_draft_undo_async:
 * @again: does again what was undone last
 *
 * Takes back the last step of the draft, in the store and on the screen.
 */
void
yeji_draft_undo_async (YejiDraft           *draft,
                       gboolean             again,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (YEJI_IS_DRAFT (draft));

  task = g_task_new (draft, NULL, callback, user_data);
  g_task_set_source_tag (task, yeji_draft_undo_async);
  g_task_set_task_data (task, GINT_TO_POINTER (again), NULL);
  yeji_draft_begin_step (draft);   /* what is typed from now on comes after it */
  yeji_draft_keeper_flush_and_hold_async (yeji_draft_get_keeper (draft), on_flushed, task);
}

/**
 * yeji_draft_undo_finish:
 *
 * Returns: (transfer full) (nullable): as yeji_store_undo()
 */
YejiUndo *
yeji_draft_undo_finish (YejiDraft     *draft,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, draft), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-undo.h"

#include "yeji-change-apply.h"
#include "yeji-clock.h"
#include "yeji-store-private.h"
#include "yeji-store-seen.h"
#include "yeji-undo-stack.h"

/* An undo is a step as any other: what it undoes is named in it, so that the history alone tells
 * what can be undone next, over restarts too. */

typedef struct
{
  YejiStore *store;
  char *uuid;
  gboolean again;
  YejiUndo *undo;
  YejiUndoState state;
  const char *batch;
  YejiBatchUndo *done;
} Work;

G_DEFINE_QUARK (yeji-undo-error-quark, yeji_undo_error)

static void
free_work (gpointer data)
{
  Work *work = data;

  g_free (work->uuid);
  g_clear_pointer (&work->undo, yeji_undo_free);
  g_free (work);
}

static void
take_back (YejiRecord *record,
           GPtrArray  *lines,
           gint64      step)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();
  g_autoptr (GPtrArray) applied = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      const YejiHistoryLine *line = g_ptr_array_index (lines, i);

      if (line->step == step)
        g_ptr_array_add (changes, line->change);
    }
  applied = yeji_record_apply (record, changes, TRUE);
}

static const char *
find_why (GPtrArray *lines,
          gint64     step)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const YejiHistoryLine *line = g_ptr_array_index (lines, i);

      if (line->step == step)
        return line->why;
    }
  return "typed";
}

/* A step that changes nothing is written all the same: without it the same one would be undone for
 * ever. */
static gboolean
write_undo (YejiStore   *self,
            YejiSql     *sql,
            YejiUndo    *undo,
            gboolean     again,
            GError     **error)
{
  static const YejiChange nothing = { (char *) "", (char *) "", (char *) "" };
  const char *uuid = yeji_record_get_uuid (undo->record);
  const char *why = again ? "redone" : "undone";
  g_autofree char *at = yeji_clock_now ();

  if (!yeji_store_read_next_step (sql, uuid, &undo->step, error)
      || !yeji_store_write_record (self, sql, undo->record, why, at, error))
    return FALSE;
  if (undo->changes->len == 0
      && !yeji_store_write_change (self, sql, uuid, undo->step, &nothing, why, at, error))
    return FALSE;
  return yeji_store_mark_step (sql, uuid, undo->step, NULL, undo->undoes, error);
}

static YejiUndo *
undo_group (YejiStore            *self,
            YejiSql              *sql,
            const char           *uuid,
            GPtrArray            *lines,
            const YejiUndoGroup  *group,
            gboolean              again,
            GError              **error)
{
  g_autoptr (YejiUndo) undo = g_new0 (YejiUndo, 1);
  g_autoptr (YejiRecord) before = NULL;

  before = yeji_store_read_record (self, sql, uuid, FALSE, error);
  if (before == NULL)
    return NULL;
  undo->record = yeji_record_copy (before);
  undo->undoes = group->first;
  undo->why = g_strdup (find_why (lines, group->first));
  for (guint i = group->steps->len; i-- > 0;)
    take_back (undo->record, lines, g_array_index (group->steps, gint64, i));
  undo->changes = yeji_record_diff (before, undo->record);
  return write_undo (self, sql, undo, again, error) ? g_steal_pointer (&undo) : NULL;
}

static gboolean
run_undo (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Work *work = data;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (YejiUndoStack) stack = NULL;
  const YejiUndoGroup *group;

  if (!yeji_entry_require_editable (sql, work->uuid, error))
    return FALSE;
  lines = yeji_store_read_history (work->store, sql, work->uuid, error);
  if (lines == NULL)
    return FALSE;
  stack = yeji_undo_stack_new (lines);
  group = yeji_undo_stack_peek (stack, work->again);
  if (group == NULL)
    {
      g_set_error (error, YEJI_UNDO_ERROR, YEJI_UNDO_ERROR_NOTHING, "nothing to %s in %s",
                   work->again ? "redo" : "undo", work->uuid);
      return FALSE;
    }
  work->undo = undo_group (work->store, sql, work->uuid, lines, group, work->again, error);
  return work->undo != NULL;
}

static gboolean
run_get_state (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  Work *work = data;
  g_autoptr (YejiEntry) entry = yeji_entry_read (sql, work->uuid, error);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (YejiUndoStack) stack = NULL;
  const YejiUndoGroup *group;

  if (entry == NULL)
    return FALSE;
  if (!yeji_entry_is_editable (entry))
    return TRUE;
  lines = yeji_store_read_history (work->store, sql, work->uuid, error);
  if (lines == NULL)
    return FALSE;
  stack = yeji_undo_stack_new (lines);
  group = yeji_undo_stack_peek (stack, FALSE);
  work->state.undo = group != NULL ? group->first : 0;
  group = yeji_undo_stack_peek (stack, TRUE);
  work->state.redo = group != NULL ? group->first : 0;
  return TRUE;
}

/* ---- A bulk change */

static GPtrArray *
list_batch (YejiSql     *sql,
            const char  *batch,
            GError     **error)
{
  g_autoptr (GPtrArray) uuids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT DISTINCT record FROM history"
                                              " WHERE batch = ?1", "s", batch);

  if (rows == NULL)
    return NULL;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (uuids, yeji_rows_dup_text (rows, 0));
  if (local_error == NULL)
    return g_steal_pointer (&uuids);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* The last step that made the record what it is: the bin did not, nor what was done elsewhere. */
static const YejiHistoryLine *
find_last (GPtrArray *lines)
{
  const YejiHistoryLine *line;
  guint i = lines->len;

  do
    line = g_ptr_array_index (lines, --i);
  while (i > 0 && (yeji_change_is_bin (line->change) || yeji_history_line_is_elsewhere (line)));
  return line;
}

/* What a batch did to a record can be undone while nothing came after it. */
static gboolean
undo_in_record (Work        *work,
                YejiSql     *sql,
                const char  *uuid,
                GError     **error)
{
  g_autoptr (YejiEntry) entry = yeji_entry_read (sql, uuid, error);
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (YejiUndoStack) stack = NULL;
  g_autoptr (YejiUndo) undo = NULL;
  const YejiHistoryLine *first, *last;
  gboolean came;

  if (entry == NULL)
    return FALSE;
  lines = yeji_store_read_history (work->store, sql, uuid, error);
  if (lines == NULL)
    return FALSE;
  first = g_ptr_array_index (lines, 0);
  last = find_last (lines);
  came = yeji_history_line_is_taken (last)
         && g_str_equal (last->change->after, YEJI_HISTORY_TAKEN_NEW);
  if (!(came || yeji_entry_is_editable (entry)) || g_strcmp0 (last->batch, work->batch) != 0)
    {
      g_ptr_array_add (work->done->left, g_strdup (uuid));
      return TRUE;
    }
  if (yeji_history_line_is_taken (last) && !came)   /* nothing but questions came of it */
    {
      g_ptr_array_add (work->done->reverted, g_strdup (uuid));
      return TRUE;
    }
  if (came || first->step == last->step)
    {
      g_ptr_array_add (work->done->removed, g_strdup (uuid));
      return yeji_store_put_into_bin (work->store, sql, uuid, error);
    }
  if (!yeji_store_note_bulk (work->store, sql, uuid, error))
    return FALSE;
  stack = yeji_undo_stack_new (lines);
  undo = undo_group (work->store, sql, uuid, lines, yeji_undo_stack_peek (stack, FALSE), FALSE,
                     error);
  g_ptr_array_add (work->done->reverted, g_strdup (uuid));
  return undo != NULL;
}

static void
clear_done (YejiBatchUndo *done)
{
  g_ptr_array_set_size (done->removed, 0);
  g_ptr_array_set_size (done->reverted, 0);
  g_ptr_array_set_size (done->left, 0);
}

static gboolean
run_undo_batch (YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  Work *work = data;
  g_autoptr (GPtrArray) uuids = list_batch (sql, work->batch, error);

  clear_done (work->done);
  for (guint i = 0; uuids != NULL && i < uuids->len; i++)
    if (!undo_in_record (work, sql, g_ptr_array_index (uuids, i), error))
      return FALSE;
  return uuids != NULL;
}

/* ---- Public */

void
yeji_undo_free (YejiUndo *self)
{
  g_free (self->why);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_object (&self->record);
  g_free (self);
}

void
yeji_batch_undo_free (YejiBatchUndo *self)
{
  g_ptr_array_unref (self->removed);
  g_ptr_array_unref (self->reverted);
  g_ptr_array_unref (self->left);
  g_free (self);
}

static YejiUndo *
run_blocking (YejiStore   *self,
              const char  *uuid,
              gboolean     again,
              GError     **error)
{
  Work work = { self, (char *) uuid, again };

  if (!yeji_db_run (yeji_store_get_db (self), run_undo, &work, error))
    {
      g_clear_pointer (&work.undo, yeji_undo_free);
      return NULL;
    }
  yeji_store_announce (self, uuid);
  return work.undo;
}

/**
 * yeji_store_undo:
 *
 * Takes back the last step of a record, or the last typing in one field, in a new step. What the
 * province or another dictionary made of it is not taken back, nor what is older.
 *
 * Returns: (transfer full) (nullable): what was done; %NULL with %YEJI_UNDO_ERROR_NOTHING, or with
 * %YEJI_STORE_ERROR_STATE when the clerk may not change the record
 */
YejiUndo *
yeji_store_undo (YejiStore   *self,
                 const char  *uuid,
                 GError     **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  return run_blocking (self, uuid, FALSE, error);
}

/**
 * yeji_store_redo:
 *
 * Does again what was undone last, while nothing else was changed since.
 *
 * Returns: (transfer full) (nullable): as yeji_store_undo()
 */
YejiUndo *
yeji_store_redo (YejiStore   *self,
                 const char  *uuid,
                 GError     **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  return run_blocking (self, uuid, TRUE, error);
}

static void
on_undone (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  if (!yeji_db_run_finish (YEJI_DB (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  yeji_store_announce (work->store, work->uuid);
  g_task_return_pointer (task, g_steal_pointer (&work->undo), (GDestroyNotify) yeji_undo_free);
}

/**
 * yeji_store_undo_async:
 * @again: does what yeji_store_redo() does
 */
void
yeji_store_undo_async (YejiStore           *self,
                       const char          *uuid,
                       gboolean             again,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  Work *work;

  g_return_if_fail (YEJI_IS_STORE (self));
  g_return_if_fail (uuid != NULL);

  work = g_new0 (Work, 1);
  work->store = self;
  work->uuid = g_strdup (uuid);
  work->again = again;
  yeji_store_start (self, run_undo, work, free_work, yeji_store_undo_async, NULL, on_undone,
                    callback, user_data);
}

/**
 * yeji_store_undo_finish:
 *
 * Returns: (transfer full) (nullable): as yeji_store_undo()
 */
YejiUndo *
yeji_store_undo_finish (YejiStore     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * yeji_store_get_undo_state:
 * @state: (out caller-allocates): what can be undone and done again; nothing in a record that the
 *     clerk may not change
 */
gboolean
yeji_store_get_undo_state (YejiStore      *self,
                           const char     *uuid,
                           YejiUndoState  *state,
                           GError        **error)
{
  Work work = { self, (char *) uuid };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);

  if (!yeji_db_run (yeji_store_get_db (self), run_get_state, &work, error))
    return FALSE;
  *state = work.state;
  return TRUE;
}

/**
 * yeji_store_undo_batch:
 * @batch: as yeji_store_save_batch() gave it
 *
 * Takes back a bulk change, in all of its records or in none: those that it made go to the bin,
 * those that it changed become what they were. A record that was changed since is left alone.
 *
 * Returns: (transfer full) (nullable): what became of the records
 */
YejiBatchUndo *
yeji_store_undo_batch (YejiStore   *self,
                       const char  *batch,
                       GError     **error)
{
  g_autoptr (YejiBatchUndo) done = g_new0 (YejiBatchUndo, 1);
  Work work = { self };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (batch != NULL, NULL);

  done->removed = g_ptr_array_new_with_free_func (g_free);
  done->reverted = g_ptr_array_new_with_free_func (g_free);
  done->left = g_ptr_array_new_with_free_func (g_free);
  work.batch = batch;
  work.done = done;
  if (!yeji_db_run (yeji_store_get_db (self), run_undo_batch, &work, error))
    return NULL;
  yeji_store_announce (self, NULL);
  return g_steal_pointer (&done);
}

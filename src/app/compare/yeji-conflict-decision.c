// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-compare"

#include "config.h"

#include "yeji-conflict-decision.h"

#include "yeji-background.h"
#include "yeji-conflicts.h"

static void
take_row (YejiDraft            *draft,
          const YejiTableDef   *table,
          const YejiDifference *difference)
{
  YejiRow *here = yeji_record_find_row (yeji_draft_get_record (draft), table, difference->row,
                                        NULL);
  const char *position = difference->texts[YEJI_SIDE_THEIRS];
  g_autoptr (YejiRow) row = NULL;

  if (position == NULL && here != NULL)
    yeji_draft_remove_row (draft, here);
  if (position == NULL || here != NULL || difference->rows[YEJI_SIDE_THEIRS] == NULL)
    return;
  row = yeji_row_copy (difference->rows[YEJI_SIDE_THEIRS], difference->row);
  yeji_draft_insert_row (draft, (guint) g_ascii_strtoull (position, NULL, 10), row);
}

/* A reason or a reply; what it is about stays as it is here. FALSE: it is about something else. */
static gboolean
take_kept (YejiDraft            *draft,
           const YejiDifference *difference)
{
  const YejiChange change = { difference->table, difference->row, difference->field };
  const char *text = difference->texts[YEJI_SIDE_THEIRS];
  g_autofree char *rule = NULL;
  const char *field = NULL;
  const YejiKept *here;
  g_autoptr (YejiKept) kept = NULL;

  if (!yeji_change_split_kept (&change, &rule, &field))
    return FALSE;
  here = yeji_record_find_kept (yeji_draft_get_record (draft), rule, difference->table,
                                difference->row, field);
  if (here == NULL)
    return TRUE;
  kept = yeji_kept_new (rule, difference->table, difference->row, field, here->value, here->other,
                        text != NULL ? text : "");
  yeji_record_keep (yeji_draft_get_record (draft), kept);
  return TRUE;
}

static void
take (YejiDraft            *draft,
      const YejiDifference *difference)
{
  const YejiTableDef *table = yeji_dictionary_find_table (yeji_draft_get_dictionary (draft),
                                                          difference->table);
  const YejiFieldDef *field = NULL;
  YejiRow *row = NULL;

  if (*difference->table == '\0' && g_str_equal (difference->field, "role"))
    yeji_draft_set_role (draft, difference->texts[YEJI_SIDE_THEIRS]);
  if (take_kept (draft, difference) || table == NULL)
    return;
  if (yeji_difference_is_row (difference))
    {
      take_row (draft, table, difference);
      return;
    }
  field = yeji_table_def_find_field (table, difference->field);
  row = yeji_record_find_row (yeji_draft_get_record (draft), table, difference->row, NULL);
  if (field != NULL && row != NULL)
    yeji_draft_set_value (draft, row, field, difference->texts[YEJI_SIDE_THEIRS]);
}

/**
 * yeji_draft_take_theirs:
 * @differences: (element-type YejiDifference): of yeji_store_get_conflicts()
 *
 * Takes over what the province has, all of it in one step that can be undone.
 */
void
yeji_draft_take_theirs (YejiDraft *draft,
                        GPtrArray *differences)
{
  g_return_if_fail (YEJI_IS_DRAFT (draft));

  if (differences->len == 0)
    return;
  yeji_draft_begin (draft, "merged", NULL);
  for (guint i = 0; i < differences->len; i++)
    take (draft, g_ptr_array_index (differences, i));
  yeji_draft_end (draft);
  yeji_draft_begin_step (draft);   /* what is typed from now on comes after it */
}

typedef struct
{
  YejiStore *store;
  char *uuid;
  GPtrArray *differences;
  gboolean decided;
} Note;

static void
free_note (gpointer data)
{
  Note *note = data;

  g_object_unref (note->store);
  g_free (note->uuid);
  g_ptr_array_unref (note->differences);
  g_free (note);
}

static gpointer
run_note (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Note *note = data;

  if (!yeji_store_decide_conflicts (note->store, note->uuid, note->differences, note->decided,
                                    error))
    return NULL;
  return g_strdup ("");
}

/**
 * yeji_conflict_decision_note_async:
 * @differences: (element-type YejiDifference): their places are copied
 * @decided: %FALSE takes back the decision
 *
 * Notes that what is here stays, as yeji_store_decide_conflicts() does.
 */
void
yeji_conflict_decision_note_async (YejiDraft           *draft,
                                   GPtrArray           *differences,
                                   gboolean             decided,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  Note *note = g_new (Note, 1);

  note->store = g_object_ref (yeji_draft_get_store (draft));
  note->uuid = g_strdup (yeji_draft_get_uuid (draft));
  note->differences = yeji_differences_copy_places (differences);
  note->decided = decided;
  yeji_background_run (draft, run_note, note, free_note, g_free, callback, user_data);
}

gboolean
yeji_conflict_decision_note_finish (GAsyncResult  *result,
                                    GError       **error)
{
  g_autofree char *done = yeji_background_finish (result, error);

  return done != NULL;
}

/**
 * yeji_differences_copy_places:
 *
 * Returns: (transfer full) (element-type YejiDifference): the same places without their values
 */
GPtrArray *
yeji_differences_copy_places (GPtrArray *differences)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_difference_free);

  for (guint i = 0; i < differences->len; i++)
    {
      const YejiDifference *difference = g_ptr_array_index (differences, i);

      g_ptr_array_add (copy, yeji_difference_new (difference->table, difference->row,
                                                  difference->field));
    }
  return copy;
}

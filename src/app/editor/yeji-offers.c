// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-offers"

#include "config.h"

#include "yeji-offers.h"

#include <glib/gi18n.h>

#include "yeji-issues.h"
#include "yeji-messages.h"

static void
free_edit (gpointer data)
{
  YejiEdit *edit = data;

  g_object_unref (edit->row);
  g_free (edit->before);
  g_free (edit->after);
  g_free (edit);
}

/**
 * yeji_edits_new:
 *
 * Returns: (transfer full) (element-type YejiEdit): no edits yet
 */
GPtrArray *
yeji_edits_new (void)
{
  return g_ptr_array_new_with_free_func (free_edit);
}

static void
add_edit (GPtrArray          *edits,
          YejiRow            *row,
          const YejiFieldDef *field,
          const char         *after)
{
  YejiEdit *edit = g_new0 (YejiEdit, 1);

  edit->row = g_object_ref (row);
  edit->field = field;
  edit->before = g_strdup (yeji_row_get (row, field));
  edit->after = g_strdup (after);
  g_ptr_array_add (edits, edit);
}

static gboolean
has_value (gconstpointer a,
           gconstpointer b)
{
  return g_str_equal (((const YejiSuggestion *) a)->value, ((const YejiSuggestion *) b)->value);
}

static void
move_new (GPtrArray *from,
          GPtrArray *to)
{
  while (from->len > 0)
    {
      YejiSuggestion *suggestion = g_ptr_array_steal_index (from, 0);

      if (g_ptr_array_find_with_equal_func (to, suggestion, has_value, NULL))
        yeji_suggestion_free (suggestion);
      else
        g_ptr_array_add (to, suggestion);
    }
}

/**
 * yeji_offers_get:
 *
 * Returns: (transfer full) (element-type YejiSuggestion): how the value could be written right, the
 *   best first; none where nothing may be changed
 */
GPtrArray *
yeji_offers_get (YejiDraft          *draft,
                 YejiRow            *row,
                 const YejiFieldDef *field)
{
  YejiNormaliser *normaliser = yeji_draft_get_normaliser (draft);
  YejiRecord *record = yeji_draft_get_record (draft);
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_suggestion_free);
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GPtrArray) plain = NULL;

  if (!yeji_draft_is_editable (draft) || *yeji_row_get (row, field) == '\0')
    return all;
  issues = yeji_issues_list (yeji_draft_get_issues (draft), row, field);
  for (guint i = 0; i < issues->len; i++)
    {
      YejiIssue *issue = g_ptr_array_index (issues, i);
      g_autoptr (GPtrArray) found = NULL;

      if (yeji_issue_get_reason (issue) != NULL)
        continue;              /* it is right as it is, and somebody said why */
      found = yeji_suggest (normaliser, record, row, field, yeji_issue_get_problem (issue));
      move_new (found, all);
    }
  plain = yeji_suggest (normaliser, record, row, field, NULL);
  move_new (plain, all);
  return all;
}

/**
 * yeji_offers_find_alike:
 * @reason: of a suggestion
 *
 * Looks through the whole record.
 *
 * Returns: (transfer full) (element-type YejiEdit): what can be put right for the same reason;
 *   where there are several ways, it is left to the user
 */
GPtrArray *
yeji_offers_find_alike (YejiDraft  *draft,
                        const char *reason)
{
  YejiRecord *record = yeji_draft_get_record (draft);
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_draft_get_dictionary (draft));
  GPtrArray *edits = yeji_edits_new ();

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (record, table); j++)
        for (guint k = 0; k < table->fields->len; k++)
          {
            YejiRow *row = yeji_record_get_row (record, table, j);
            const YejiFieldDef *field = g_ptr_array_index (table->fields, k);
            g_autoptr (GPtrArray) offers = yeji_offers_get (draft, row, field);
            const YejiSuggestion *only = offers->len == 1 ? g_ptr_array_index (offers, 0) : NULL;

            if (only != NULL && g_str_equal (only->reason, reason))
              add_edit (edits, row, field, only->value);
          }
    }
  return edits;
}

/**
 * yeji_edits_new_for_one:
 *
 * Returns: (transfer full) (element-type YejiEdit): the change of one value
 */
GPtrArray *
yeji_edits_new_for_one (YejiRow            *row,
                        const YejiFieldDef *field,
                        const char         *after)
{
  GPtrArray *edits = yeji_edits_new ();

  add_edit (edits, row, field, after);
  return edits;
}

/**
 * yeji_edits_take:
 * @edits: (element-type YejiEdit)
 *
 * Changes the values, as one step of the history, and says so by the draft's signal "taken".
 */
void
yeji_edits_take (YejiDraft *draft,
                 GPtrArray *edits)
{
  if (!yeji_draft_is_editable (draft) || edits->len == 0)
    return;
  yeji_draft_begin (draft, "suggested", NULL);
  for (guint i = 0; i < edits->len; i++)
    {
      YejiEdit *edit = g_ptr_array_index (edits, i);

      yeji_draft_set_value (draft, edit->row, edit->field, edit->after);
    }
  yeji_draft_end (draft);
  yeji_draft_validate (draft);
  g_signal_emit_by_name (draft, "taken", edits);
}

/* Whether the value is still what the edit made of it, in a row that is still there. */
static gboolean
is_undoable (YejiDraft      *draft,
             const YejiEdit *edit)
{
  YejiRecord *record = yeji_draft_get_record (draft);
  const YejiTableDef *table = yeji_row_get_table (edit->row);

  return yeji_record_find_row (record, table, yeji_row_get_id (edit->row), NULL) == edit->row
         && g_str_equal (yeji_row_get (edit->row, edit->field), edit->after);
}

/**
 * yeji_edits_undo:
 * @edits: (element-type YejiEdit)
 *
 * Puts back what was there before, but leaves alone what was changed since.
 *
 * Returns: how many values were put back
 */
guint
yeji_edits_undo (YejiDraft *draft,
                 GPtrArray *edits)
{
  guint n = 0;

  if (!yeji_draft_is_editable (draft))
    return 0;
  yeji_draft_begin (draft, "typed", NULL);
  for (guint i = 0; i < edits->len; i++)
    {
      YejiEdit *edit = g_ptr_array_index (edits, i);

      if (!is_undoable (draft, edit))
        continue;
      yeji_draft_set_value (draft, edit->row, edit->field, edit->before);
      n++;
    }
  yeji_draft_end (draft);
  yeji_draft_validate (draft);
  return n;
}

/**
 * yeji_edits_to_text:
 * @edits: (element-type YejiEdit): at least one
 *
 * Returns: (transfer full): what was done, for the user
 */
char *
yeji_edits_to_text (GPtrArray *edits)
{
  const YejiEdit *first = g_ptr_array_index (edits, 0);
  const char *label = yeji_label (&first->field->label);
  g_autofree char *value = NULL;

  if (edits->len > 1)
    return g_strdup_printf (ngettext ("%u value changed as suggested",
                                      "%u values changed as suggested", edits->len), edits->len);
  if (*first->after == '\0')
    return g_strdup_printf (_("“%s” cleared"), label);
  value = yeji_code_to_text (first->field, first->after);
  /* Translators: a field, and its new value */
  return g_strdup_printf (_("“%s” changed to %s"), label, value);
}

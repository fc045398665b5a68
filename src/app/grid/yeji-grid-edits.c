// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grid-edits"

#include "config.h"

#include "yeji-grid-edits.h"

#include "yeji-mask.h"
#include "yeji-offers.h"
#include "yeji-tsv.h"
#include "yeji-value.h"

/* A code goes by its name where that name means no other: another program shows it to people. */
static char *
copy_value (YejiGridModel *model,
            guint          row,
            guint          column)
{
  const YejiFieldDef *field = yeji_grid_model_get_field (model, column);
  const char *value = yeji_grid_model_get_value (model, row, column);
  const YejiCode *code = field->codes != NULL ? yeji_code_list_find (field->codes, value) : NULL;
  g_autoptr (GPtrArray) offers = NULL;

  if (code == NULL)
    return g_strdup (value);
  offers = yeji_normaliser_offer (yeji_draft_get_normaliser (yeji_grid_model_get_draft (model)),
                                  field, code->name);
  if (offers->len == 1
      && g_str_equal (((YejiSuggestion *) g_ptr_array_index (offers, 0))->value, value))
    return g_strdup (code->name);
  return g_strdup (value);
}

/**
 * yeji_grid_edits_copy:
 *
 * Returns: (transfer full): the block for the clipboard, as other programs read it
 */
char *
yeji_grid_edits_copy (YejiGridModel       *model,
                      const YejiGridBlock *block)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = block->top; i <= block->bottom; i++)
    {
      GPtrArray *row = g_ptr_array_new_with_free_func (g_free);

      for (guint j = block->left; j <= block->right; j++)
        g_ptr_array_add (row, copy_value (model, i, j));
      g_ptr_array_add (rows, row);
    }
  return yeji_tsv_write (rows);
}

/**
 * yeji_grid_edits_is_personal:
 *
 * Returns: whether a copy of the block has numbers of people in it that anybody can read
 */
gboolean
yeji_grid_edits_is_personal (YejiGridModel       *model,
                             const YejiGridBlock *block)
{
  for (guint j = block->left; j <= block->right; j++)
    {
      if (yeji_grid_model_get_field (model, j)->personal == YEJI_PERSONAL_NO)
        continue;
      for (guint i = block->top; i <= block->bottom; i++)
        {
          const char *value = yeji_grid_model_get_value (model, i, j);

          if (*value != '\0' && !yeji_is_sealed (value))
            return TRUE;
        }
    }
  return FALSE;
}

static guint
set_value (YejiGridModel *model,
           guint          row,
           guint          column,
           const char    *value)
{
  if (!yeji_grid_model_is_editable (model, column)
      || g_str_equal (yeji_grid_model_get_value (model, row, column), value))
    return 0;
  yeji_draft_set_value (yeji_grid_model_get_draft (model), yeji_grid_model_get_row (model, row),
                        yeji_grid_model_get_field (model, column), value);
  return 1;
}

/**
 * yeji_grid_edits_clear:
 *
 * Empties the cells of a block.
 *
 * Returns: how many were not empty
 */
guint
yeji_grid_edits_clear (YejiGridModel       *model,
                       const YejiGridBlock *block)
{
  YejiDraft *draft = yeji_grid_model_get_draft (model);
  guint n = 0;

  yeji_draft_begin (draft, "typed", NULL);
  for (guint i = block->top; i <= block->bottom; i++)
    for (guint j = block->left; j <= block->right; j++)
      n += set_value (model, i, j, "");
  yeji_draft_end (draft);
  return n;
}

/**
 * yeji_grid_edits_fill_down:
 *
 * Puts the first row of a block into the others; of a block of one row, the row above into it.
 *
 * Returns: how many cells are others now
 */
guint
yeji_grid_edits_fill_down (YejiGridModel       *model,
                           const YejiGridBlock *block)
{
  YejiDraft *draft = yeji_grid_model_get_draft (model);
  guint from = block->top;
  guint n = 0;

  if (block->top == block->bottom)
    {
      if (block->top == 0)
        return 0;
      from--;
    }
  yeji_draft_begin (draft, "typed", NULL);
  for (guint j = block->left; j <= block->right; j++)
    {
      g_autofree char *value = g_strdup (yeji_grid_model_get_value (model, from, j));

      for (guint i = from + 1; i <= block->bottom; i++)
        n += set_value (model, i, j, value);
    }
  yeji_draft_end (draft);
  return n;
}

static GPtrArray *
list_rows (YejiGridModel       *model,
           const YejiGridBlock *block)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = block->top; i <= block->bottom; i++)
    g_ptr_array_add (rows, g_object_ref (yeji_grid_model_get_row (model, i)));
  return rows;
}

/**
 * yeji_grid_edits_duplicate:
 *
 * Puts copies of the rows of a block right after it.
 *
 * Returns: how many rows there are more
 */
guint
yeji_grid_edits_duplicate (YejiGridModel       *model,
                           const YejiGridBlock *block)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = block->top; i <= block->bottom; i++)
    g_ptr_array_add (copies, yeji_row_copy (yeji_grid_model_get_row (model, i), NULL));
  yeji_draft_insert_rows (yeji_grid_model_get_draft (model), block->bottom + 1, copies);
  return copies->len;
}

/**
 * yeji_grid_edits_remove:
 *
 * Takes the rows of a block out.
 *
 * Returns: how many
 */
guint
yeji_grid_edits_remove (YejiGridModel       *model,
                        const YejiGridBlock *block)
{
  g_autoptr (GPtrArray) rows = list_rows (model, block);

  yeji_draft_remove_rows (yeji_grid_model_get_draft (model), rows);
  return rows->len;
}

/**
 * yeji_grid_edits_move:
 * @to: where the first of them shall be
 *
 * Moves the rows of a block.
 *
 * Returns: whether they were elsewhere before
 */
gboolean
yeji_grid_edits_move (YejiGridModel       *model,
                      const YejiGridBlock *block,
                      guint                to)
{
  YejiDraft *draft = yeji_grid_model_get_draft (model);
  g_autoptr (GPtrArray) rows = list_rows (model, block);
  guint n = yeji_grid_model_get_n_rows (model);

  to = MIN (to, n - rows->len);
  if (to == block->top)
    return FALSE;
  yeji_draft_begin (draft, "typed", NULL);
  /* from the end that is in front, so that those that follow find their place */
  for (guint i = 0; i < rows->len; i++)
    {
      guint at = to < block->top ? i : rows->len - 1 - i;

      yeji_draft_move_row (draft, g_ptr_array_index (rows, at), to + at);
    }
  yeji_draft_end (draft);
  return TRUE;
}

/**
 * yeji_grid_edits_read_day:
 *
 * Writes a day as the standard has it, when what was typed can mean one day only, as the form does.
 * What was typed is a step of its own before.
 *
 * Returns: whether it was written otherwise
 */
gboolean
yeji_grid_edits_read_day (YejiDraft          *draft,
                          YejiRow            *row,
                          const YejiFieldDef *field)
{
  const char *text = yeji_row_get (row, field);
  g_autoptr (GPtrArray) offers = NULL;
  g_autoptr (GPtrArray) edits = NULL;
  const YejiSuggestion *only;
  GDate day;

  if (field->kind != YEJI_FIELD_DATE || *text == '\0' || yeji_date_parse (text, &day))
    return FALSE;
  offers = yeji_offers_get (draft, row, field);
  only = offers->len == 1 ? g_ptr_array_index (offers, 0) : NULL;
  if (only == NULL || !yeji_date_parse (only->value, &day))
    return FALSE;
  edits = yeji_edits_new_for_one (row, field, only->value);
  yeji_edits_take (draft, edits);
  return TRUE;
}

static GPtrArray *
make_rows (YejiGridModel       *model,
           const YejiPastePlan *plan,
           gboolean             as_typed)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = yeji_grid_model_get_n_rows (model);

  for (guint i = 0; i < plan->cells->len; i++)
    {
      const YejiPasteCell *cell = g_ptr_array_index (plan->cells, i);

      if (cell->row < n || !yeji_paste_cell_is_put (cell, as_typed))
        continue;
      while (rows->len <= cell->row - n)
        g_ptr_array_add (rows, yeji_row_new (yeji_grid_model_get_table (model), NULL));
      yeji_row_set (g_ptr_array_index (rows, cell->row - n), cell->field, cell->value);
    }
  return rows;
}

/**
 * yeji_grid_edits_paste:
 * @as_typed: whether what does not fit is put there all the same
 *
 * Does what a plan says. The rows must be those that it was made for.
 *
 * Returns: how many cells were put
 */
guint
yeji_grid_edits_paste (YejiGridModel       *model,
                       const YejiPastePlan *plan,
                       gboolean             as_typed)
{
  YejiDraft *draft = yeji_grid_model_get_draft (model);
  g_autoptr (GPtrArray) rows = make_rows (model, plan, as_typed);
  guint before = yeji_grid_model_get_n_rows (model);
  guint n = 0;

  yeji_draft_begin (draft, "pasted", NULL);
  for (guint i = 0; i < plan->cells->len; i++)
    {
      const YejiPasteCell *cell = g_ptr_array_index (plan->cells, i);

      if (!yeji_paste_cell_is_put (cell, as_typed))
        continue;
      n++;
      if (cell->row < before)
        yeji_draft_set_value (draft, yeji_grid_model_get_row (model, cell->row), cell->field,
                              cell->value);
    }
  yeji_draft_insert_rows (draft, before, rows);
  yeji_draft_end (draft);
  return n;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-paste-plan"

#include "config.h"

#include "yeji-paste-plan.h"

#include <string.h>

/* What goes where when a table of a clipboard is pasted, found before anything is changed. */

typedef struct
{
  const YejiPasteTarget *target;
  YejiPastePlan *plan;
  GPtrArray *heading;          /* (nullable) (element-type utf8) */
  GPtrArray *fields;           /* (element-type YejiFieldDef) (nullable elements): by column */
} Work;

static void
free_cell (gpointer data)
{
  YejiPasteCell *cell = data;

  g_free (cell->heading);
  g_free (cell->text);
  g_free (cell->value);
  g_free (cell);
}

/* ---- Headings */

/* No heading is so long, in bytes; a whole text that is no table is not looked at as if it were. */
#define MAX_HEADING 400

/**
 * yeji_heading_fold:
 *
 * Returns: (transfer full): what two headings have in common that mean the same: what people add to
 *   one or write differently is left out, width, case, blanks, a star
 */
char *
yeji_heading_fold (const char *text)
{
  g_autofree char *wide = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  g_autofree char *cased = g_utf8_casefold (wide != NULL ? wide : "", -1);
  GString *folded = g_string_new (NULL);

  for (const char *c = cased; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_isspace (character) && character != '*' && character != ':')
        g_string_append_unichar (folded, character);
    }
  return g_string_free (folded, FALSE);
}

static gboolean
is_same_heading (const char *label,
                 const char *folded)
{
  g_autofree char *own = label != NULL ? yeji_heading_fold (label) : NULL;

  return own != NULL && *own != '\0' && g_str_equal (own, folded);
}

static const YejiFieldDef *
match_folded (GPtrArray  *columns,
              const char *folded)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (columns, i);

      if (is_same_heading (yeji_text_get (&field->label, YEJI_LANGUAGE_ZH), folded)
          || is_same_heading (yeji_text_get (&field->label, YEJI_LANGUAGE_EN), folded))
        return field;
    }
  return NULL;
}

/**
 * yeji_heading_match:
 * @columns: (element-type YejiFieldDef)
 *
 * Returns: (nullable) (transfer none): the field that the heading of a column names, by its label
 *   in either language, its id or an alias; with a unit in brackets behind it or without
 */
const YejiFieldDef *
yeji_heading_match (GPtrArray  *columns,
                    const char *heading)
{
  g_autofree char *folded = NULL;
  const YejiFieldDef *found;
  char *bracket;

  if (*heading == '\0' || strlen (heading) > MAX_HEADING)
    return NULL;
  folded = yeji_heading_fold (heading);
  if (*folded == '\0')
    return NULL;
  found = match_folded (columns, folded);
  for (guint i = 0; found == NULL && i < columns->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (columns, i);

      if (yeji_table_def_match_field (field->table, heading) == field
          || yeji_table_def_match_field (field->table, folded) == field)
        found = field;
    }
  bracket = strrchr (folded, '(');
  if (found == NULL && bracket != NULL && bracket != folded && g_str_has_suffix (folded, ")"))
    {
      *bracket = '\0';
      found = yeji_heading_match (columns, folded);
    }
  return found;
}

/* Two columns of one name: the second has no field. */
static GPtrArray *
match_row (GPtrArray *columns,
           GPtrArray *row,
           guint     *n_matched,
           guint     *n_named)
{
  GPtrArray *fields = g_ptr_array_new ();

  *n_matched = *n_named = 0;
  for (guint i = 0; i < row->len; i++)
    {
      const char *text = g_ptr_array_index (row, i);
      const YejiFieldDef *field = *n_matched < columns->len ? yeji_heading_match (columns, text)
                                                            : NULL;

      if (field != NULL && g_ptr_array_find (fields, field, NULL))
        field = NULL;
      *n_named += *text != '\0';
      *n_matched += field != NULL;
      g_ptr_array_add (fields, (gpointer) field);
    }
  return fields;
}

/* A first row of which at least half names fields is no row of values. */
static void
find_heading (Work      *work,
              GPtrArray *rows)
{
  g_autoptr (GPtrArray) fields = NULL;
  guint n_matched, n_named;

  if (rows->len < 2)
    return;
  fields = match_row (work->target->columns, g_ptr_array_index (rows, 0), &n_matched, &n_named);
  if (n_matched == 0 || n_matched * 2 < n_named)
    return;
  work->heading = g_ptr_array_index (rows, 0);
  work->fields = g_steal_pointer (&fields);
  work->plan->has_heading = TRUE;
}

static const YejiFieldDef *
get_field (const Work *work,
           guint       column)
{
  GPtrArray *columns = work->target->columns;

  if (work->fields != NULL)
    return column < work->fields->len ? g_ptr_array_index (work->fields, column) : NULL;
  column += work->target->column;
  return column < columns->len ? g_ptr_array_index (columns, column) : NULL;
}

/* ---- Values */

static YejiPasteTrouble
explain (const YejiFieldDef *field,
         const char         *text)
{
  static const YejiPasteTrouble by_kind[N_YEJI_FIELD_KINDS] = {
    [YEJI_FIELD_TEXT] = YEJI_PASTE_FORMAT,
    [YEJI_FIELD_LONG_TEXT] = YEJI_PASTE_FORMAT,
    [YEJI_FIELD_NUMBER] = YEJI_PASTE_NUMBER,
    [YEJI_FIELD_DATE] = YEJI_PASTE_DATE,
    [YEJI_FIELD_CODE] = YEJI_PASTE_CODE,
    [YEJI_FIELD_LINK] = YEJI_PASTE_FORMAT,
  };

  if (field->length > 0 && field->kind != YEJI_FIELD_CODE
      && g_utf8_strlen (text, -1) > (glong) field->length)
    return YEJI_PASTE_LENGTH;
  return by_kind[field->kind];
}

/**
 * yeji_paste_judge:
 * @field: that the enterprise fills
 * @value: (out) (transfer full): what would be put there
 *
 * Judges one cell. What is sure is written right; what is not is left as it came.
 *
 * Returns: what is wrong with it
 */
YejiPasteTrouble
yeji_paste_judge (YejiNormaliser      *normaliser,
                  const YejiFieldDef  *field,
                  const char          *text,
                  char               **value)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (GPtrArray) offers = NULL;
  YejiPasteTrouble trouble = YEJI_PASTE_FITS;

  if (*stripped != '\0')
    {
      offers = yeji_normaliser_offer (normaliser, field, stripped);
      if (offers->len == 1)
        {
          *value = g_strdup (((YejiSuggestion *) g_ptr_array_index (offers, 0))->value);
          return trouble;
        }
      if (!yeji_normaliser_accepts (normaliser, field, stripped))
        trouble = offers->len > 1 ? YEJI_PASTE_SEVERAL : explain (field, stripped);
    }
  *value = g_steal_pointer (&stripped);
  return trouble;
}

static void
add_cell (Work       *work,
          guint       row,
          guint       column,
          const char *text)
{
  YejiPasteCell *cell = g_new0 (YejiPasteCell, 1);
  gboolean is_blank = strspn (text, " \t\r\n") == strlen (text);

  cell->row = work->target->row + row;
  cell->field = get_field (work, column);
  cell->text = g_strdup (text);
  cell->value = g_strdup (text);
  if (work->heading != NULL && column < work->heading->len)
    cell->heading = g_strdup (g_ptr_array_index (work->heading, column));
  if (cell->row >= work->target->max_rows)
    cell->trouble = YEJI_PASTE_NO_ROW;
  else if (cell->field == NULL)
    cell->trouble = YEJI_PASTE_NO_FIELD;
  else if (cell->field->by_platform)
    cell->trouble = YEJI_PASTE_READ_ONLY;
  else
    {
      g_free (cell->value);
      cell->trouble = yeji_paste_judge (work->target->normaliser, cell->field, text, &cell->value);
    }
  if (cell->trouble != YEJI_PASTE_FITS && is_blank)
    {
      free_cell (cell);        /* nothing is lost with it */
      return;
    }
  work->plan->n_troubles += cell->trouble != YEJI_PASTE_FITS;
  g_ptr_array_add (work->plan->cells, cell);
}

/* One value for all that is selected. */
static void
fill_selection (Work       *work,
                const char *text)
{
  for (guint i = 0; i < MAX (work->target->n_selected_rows, 1); i++)
    for (guint j = 0; j < MAX (work->target->n_selected_columns, 1); j++)
      add_cell (work, i, j, text);
  work->plan->n_rows = MAX (work->target->n_selected_rows, 1);
}

/**
 * yeji_paste_plan_new:
 * @rows: (element-type GPtrArray): as yeji_tsv_parse() gives them
 *
 * Finds where each cell goes and what it becomes there. Where the first row names fields, by their
 * names in any order; else by their places, from the row and column of @target on.
 *
 * Returns: (transfer full): what pasting would do
 */
YejiPastePlan *
yeji_paste_plan_new (const YejiPasteTarget *target,
                     GPtrArray             *rows)
{
  Work work = { target, g_new0 (YejiPastePlan, 1), NULL, NULL };
  guint first;

  g_return_val_if_fail (target != NULL && rows != NULL, NULL);

  work.plan->cells = g_ptr_array_new_with_free_func (free_cell);
  find_heading (&work, rows);
  first = work.heading != NULL ? 1 : 0;
  work.plan->n_rows = rows->len - first;
  if (rows->len == 1 && ((GPtrArray *) g_ptr_array_index (rows, 0))->len == 1)
    fill_selection (&work, g_ptr_array_index ((GPtrArray *) g_ptr_array_index (rows, 0), 0));
  else
    for (guint i = first; i < rows->len; i++)
      {
        GPtrArray *row = g_ptr_array_index (rows, i);

        for (guint j = 0; j < row->len; j++)
          add_cell (&work, i - first, j, g_ptr_array_index (row, j));
      }
  g_clear_pointer (&work.fields, g_ptr_array_unref);
  return work.plan;
}

/**
 * yeji_paste_cell_is_put:
 * @as_typed: whether what does not fit its field is put there all the same
 *
 * Returns: whether the cell has a place, and goes there
 */
gboolean
yeji_paste_cell_is_put (const YejiPasteCell *self,
                        gboolean             as_typed)
{
  if (self->trouble == YEJI_PASTE_FITS)
    return TRUE;
  return as_typed && self->trouble > YEJI_PASTE_NO_ROW;
}

void
yeji_paste_plan_free (YejiPastePlan *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-layout"

#include "config.h"

#include "yeji-layout-private.h"

#include <string.h>

/* Which row of a sheet has the headings, which table it is of, and which field each column is. A
 * heading may mean fields of several tables: those that mean one only decide first. */

/* Headings stand among the first rows, below titles and notes. */
#define MAX_HEADING_ROW 25

static const YejiHeadRow *
get_head (const YejiLayoutGuess *guess,
          guint                  row)
{
  return row < guess->head->len ? g_ptr_array_index (guess->head, row) : NULL;
}

static const char *
get_text (const YejiHeadRow *row,
          guint              column)
{
  return row != NULL && column < row->texts->len ? g_ptr_array_index (row->texts, column) : "";
}

/* ---- The row with the headings */

typedef struct
{
  guint n_named;
  guint n_found;
  guint n_ids;
} Score;

/* A title that is merged over all columns is one cell. */
static Score
score_row (const YejiLayoutGuess *guess,
           const YejiHeadRow     *row)
{
  Score score = { 0 };

  for (guint i = 0; i < row->texts->len; i++)
    {
      const char *text = get_text (row, i);
      GArray *found;

      if (*text == '\0' || (i > 0 && g_str_equal (text, get_text (row, i - 1))))
        continue;
      score.n_named++;
      found = yeji_heading_index_find (guess->index, text);
      if (found == NULL)
        continue;
      score.n_found++;
      score.n_ids += g_array_index (found, YejiHeadingMeaning, 0).how == YEJI_IMPORT_HOW_ID;
    }
  return score;
}

static gboolean
is_heading (const Score *score)
{
  return score->n_found >= 4 || (score->n_found >= 2 && score->n_found * 4 >= score->n_named)
         || (score->n_found == 1 && score->n_named <= 2);
}

static gboolean
is_ids (const Score *score)
{
  return score->n_ids * 5 >= score->n_named * 4 && is_heading (score);
}

/* Sets where headings and data begin. */
static gboolean
find_heading_row (const YejiLayoutGuess *guess,
                  YejiImportSheet       *sheet,
                  guint                 *row,
                  gboolean              *has_ids)
{
  Score best = { 0 };
  gboolean found = FALSE;

  *has_ids = FALSE;
  for (guint i = 0; i < guess->head->len && i < MAX_HEADING_ROW; i++)
    {
      Score score = score_row (guess, get_head (guess, i));

      if (is_ids (&score))
        {
          /* what machines call the columns stands below what people call them */
          *has_ids = TRUE;
          *row = i;
          found = TRUE;
          break;
        }
      if (is_heading (&score) && score.n_found > best.n_found)
        {
          best = score;
          *row = i;
          found = TRUE;
        }
    }
  if (!found)
    return FALSE;
  sheet->heading_row = get_head (guess, *row)->number;
  sheet->first_row = sheet->heading_row + 1;
  return TRUE;
}

/* ---- Groups of columns: a heading above the headings */

/* What a group means: the words above its columns, or above one left of them. */
static const YejiTableDef **
find_groups (const YejiLayoutGuess *guess,
             guint                  row,
             guint                  n)
{
  const YejiTableDef **groups = g_new0 (const YejiTableDef *, n + 1);
  const YejiHeadRow *above = row > 0 ? get_head (guess, row - 1) : NULL;
  const YejiTableDef *group = NULL;
  guint n_groups = 0;

  for (guint i = 0; above != NULL && i < n; i++)
    {
      const char *text = get_text (above, i);
      gboolean own = *text != '\0' && !g_str_equal (text, get_text (get_head (guess, row), i));

      if (own && (i == 0 || !g_str_equal (text, get_text (above, i - 1))))
        {
          group = yeji_heading_index_find_table (guess->index, text, FALSE);
          n_groups += group != NULL;
        }
      else if (*text != '\0' && !own)
        group = NULL;          /* merged downwards: a column of its own */
      groups[i] = group;
    }
  if (n_groups < 2)            /* a title above the table is no group */
    memset (groups, 0, sizeof *groups * n);
  return groups;
}

/* ---- Columns */

static gboolean
is_taken (const YejiImportSheet    *sheet,
          const YejiHeadingMeaning *meaning)
{
  for (guint i = 0; i < sheet->columns->len; i++)
    {
      const YejiImportColumn *column = g_ptr_array_index (sheet->columns, i);

      if (meaning->field != NULL ? column->field == meaning->field : column->key == meaning->key)
        return TRUE;
    }
  return FALSE;
}

static void
take (YejiImportColumn         *column,
      const YejiHeadingMeaning *meaning)
{
  column->field = meaning->field;
  column->key = meaning->key;
  column->how = meaning->how;
}

/* The first meaning of that table that is not taken; a key of the file where @table is %NULL. */
static const YejiHeadingMeaning *
find_meaning (const YejiImportSheet *sheet,
              GArray                *meanings,
              const YejiTableDef    *table)
{
  for (guint i = 0; i < meanings->len; i++)
    {
      const YejiHeadingMeaning *meaning = &g_array_index (meanings, YejiHeadingMeaning, i);

      if ((meaning->field != NULL ? meaning->field->table : NULL) == table
          && !is_taken (sheet, meaning))
        return meaning;
    }
  return NULL;
}

/* A number that only points to another table, or repeats the project's, says little of the table
 * where it stands. */
static gboolean
is_own (const YejiFieldDef *field)
{
  return field != NULL && field->link == NULL && field->inherits == NULL && !field->by_platform;
}

static guint
count_own (const YejiLayoutGuess *guess,
           GPtrArray             *names,
           const YejiTableDef    *table)
{
  guint n = 0;

  for (guint i = 0; i < names->len; i++)
    {
      GArray *meanings = yeji_heading_index_find (guess->index, g_ptr_array_index (names, i));

      for (guint j = 0; meanings != NULL && j < meanings->len; j++)
        {
          const YejiFieldDef *field = g_array_index (meanings, YejiHeadingMeaning, j).field;

          if (field != NULL && field->table == table && is_own (field))
            {
              n++;
              break;
            }
        }
    }
  return n;
}

/* The table that has most of the columns. The root table wins where a column of another could as
 * well be its own. */
static const YejiTableDef *
guess_table (const YejiLayoutGuess *guess,
             GPtrArray             *names)
{
  GPtrArray *tables = yeji_dictionary_get_tables (guess->dictionary);
  const YejiTableDef *best = NULL;
  guint most = 0;

  for (guint i = 0; i < tables->len; i++)
    {
      guint n = count_own (guess, names, g_ptr_array_index (tables, i));

      if (n > most)
        {
          most = n;
          best = g_ptr_array_index (tables, i);
        }
    }
  return best;
}

static GPtrArray *
list_names (const YejiImportSheet *sheet)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < sheet->columns->len; i++)
    g_ptr_array_add (names, ((YejiImportColumn *) g_ptr_array_index (sheet->columns, i))->heading);
  return names;
}

/* How many headings are fields of other tables and of neither this one nor the root. */
static guint
count_foreign (const YejiLayoutGuess *guess,
               GPtrArray             *names,
               const YejiTableDef    *table)
{
  const YejiTableDef *root = yeji_dictionary_get_root (guess->dictionary);
  guint n = 0;

  for (guint i = 0; i < names->len; i++)
    {
      GArray *meanings = yeji_heading_index_find (guess->index, g_ptr_array_index (names, i));
      gboolean foreign = meanings != NULL;

      for (guint j = 0; meanings != NULL && j < meanings->len; j++)
        {
          const YejiFieldDef *field = g_array_index (meanings, YejiHeadingMeaning, j).field;

          if (field == NULL || field->table == table || field->table == root)
            foreign = FALSE;
        }
      n += foreign;
    }
  return n;
}

/* Of several tables the one that a neighbour is of, then the one that has the most own columns. */
static const YejiHeadingMeaning *
choose_meaning (const YejiLayoutGuess *guess,
                const YejiImportSheet *sheet,
                GArray                *meanings,
                guint                  at,
                const YejiTableDef    *near)
{
  const YejiHeadingMeaning *first = NULL, *of_platform = NULL;
  const YejiTableDef *root = yeji_dictionary_get_root (guess->dictionary);

  for (guint i = 0; i < meanings->len; i++)
    {
      const YejiHeadingMeaning *meaning = &g_array_index (meanings, YejiHeadingMeaning, i);

      if (is_taken (sheet, meaning))
        continue;
      if (meaning->field != NULL && meaning->field->by_platform)
        {
          of_platform = of_platform == NULL ? meaning : of_platform;   /* known, and not read */
          continue;
        }
      if (meaning->field == NULL || meaning->field->table == root)
        return meaning;
      if (near != NULL && meaning->field->table == near && is_own (meaning->field))
        return meaning;
      if (first == NULL || (is_own (meaning->field) && !is_own (first->field)))
        first = meaning;
    }
  return first != NULL ? first : of_platform;
}

static const YejiTableDef *
get_table_of (const YejiImportSheet *sheet,
              guint                  column)
{
  const YejiImportColumn *it = column < sheet->columns->len
                               ? g_ptr_array_index (sheet->columns, column) : NULL;

  return it != NULL && it->field != NULL ? it->field->table : NULL;
}

/* Headings that mean a field of one table only. */
static gboolean
is_certain (GArray *meanings)
{
  guint n = 0;

  for (guint i = 0; i < meanings->len; i++)
    n += is_own (g_array_index (meanings, YejiHeadingMeaning, i).field);
  return n == 1;
}

/* A list of which each row has a project and what belongs to it. */
static void
match_flat (const YejiLayoutGuess  *guess,
            YejiImportSheet        *sheet,
            const YejiTableDef    **groups)
{
  for (guint pass = 0; pass < 3; pass++)
    for (guint i = 0; i < sheet->columns->len; i++)
      {
        YejiImportColumn *column = g_ptr_array_index (sheet->columns, i);
        GArray *meanings = yeji_heading_index_find (guess->index, column->heading);
        const YejiHeadingMeaning *meaning = NULL;
        const YejiTableDef *near = groups[i];

        if (meanings == NULL || column->how != YEJI_IMPORT_HOW_NONE)
          continue;
        if (near == NULL && i > 0)
          near = get_table_of (sheet, i - 1);
        if (near == NULL)
          near = get_table_of (sheet, i + 1);
        if (pass == 0 && groups[i] != NULL)
          meaning = find_meaning (sheet, meanings, groups[i]);
        else if (pass == 1 && groups[i] == NULL && is_certain (meanings))
          meaning = choose_meaning (guess, sheet, meanings, i, NULL);
        else if (pass == 2)
          meaning = choose_meaning (guess, sheet, meanings, i, near);
        if (meaning != NULL)
          take (column, meaning);
      }
}

/* A sheet of one table; the project's own columns say which project a row is of. */
static void
match_table (const YejiLayoutGuess *guess,
             YejiImportSheet       *sheet)
{
  const YejiTableDef *order[] = { NULL, sheet->table,
                                  yeji_dictionary_get_root (guess->dictionary) };

  for (guint pass = 0; pass < G_N_ELEMENTS (order); pass++)
    for (guint i = 0; i < sheet->columns->len; i++)
      {
        YejiImportColumn *column = g_ptr_array_index (sheet->columns, i);
        GArray *meanings = yeji_heading_index_find (guess->index, column->heading);
        const YejiHeadingMeaning *meaning;

        if (meanings == NULL || column->how != YEJI_IMPORT_HOW_NONE)
          continue;
        meaning = find_meaning (sheet, meanings, order[pass]);
        if (meaning != NULL)
          take (column, meaning);
      }
}

static void
forget_columns (YejiImportSheet *sheet)
{
  for (guint i = 0; i < sheet->columns->len; i++)
    {
      YejiImportColumn *column = g_ptr_array_index (sheet->columns, i);

      column->field = NULL;
      column->key = YEJI_IMPORT_KEY_NONE;
      column->how = YEJI_IMPORT_HOW_NONE;
      g_clear_pointer (&column->unit, g_free);
    }
}

static guint
find_head (const YejiLayoutGuess *guess,
           guint                  number)
{
  for (guint i = 0; i < guess->head->len; i++)
    if (get_head (guess, i)->number == number)
      return i;
  return 0;
}

/**
 * yeji_layout_find_unit:
 *
 * Notes the unit that stands behind a heading, where the field has another one, to which it can be
 * converted.
 */
void
yeji_layout_find_unit (YejiNormaliser   *normaliser,
                       YejiImportColumn *column)
{
  g_autofree char *unit = NULL;
  g_autofree char *one = NULL;
  g_autoptr (GPtrArray) offers = NULL;

  g_clear_pointer (&column->unit, g_free);
  if (column->field == NULL || column->field->kind != YEJI_FIELD_NUMBER
      || column->field->unit == NULL)
    return;
  unit = yeji_heading_dup_unit (column->heading);
  if (unit == NULL || *unit == '\0' || g_str_equal (unit, column->field->unit))
    return;
  /* large enough that it is no less than the smallest that the field can hold */
  one = g_strconcat ("1000000", unit, NULL);
  offers = yeji_normaliser_offer (normaliser, column->field, one);
  if (offers->len == 1
      && !g_str_equal (((YejiSuggestion *) g_ptr_array_index (offers, 0))->value, "1000000"))
    column->unit = g_steal_pointer (&unit);
}

/**
 * yeji_layout_match_columns:
 * @sheet: whose table and headings are known
 *
 * Finds what each column is.
 */
void
yeji_layout_match_columns (const YejiLayoutGuess *guess,
                           YejiImportSheet       *sheet)
{
  const YejiTableDef *root = yeji_dictionary_get_root (guess->dictionary);
  g_autofree const YejiTableDef **groups = NULL;

  forget_columns (sheet);
  if (sheet->table == NULL)
    return;
  groups = find_groups (guess, find_head (guess, sheet->heading_row), sheet->columns->len);
  if (sheet->table == root)
    match_flat (guess, sheet, groups);
  else
    match_table (guess, sheet);
  yeji_layout_fit_contents (guess, sheet);
  for (guint i = 0; i < sheet->columns->len; i++)
    yeji_layout_find_unit (guess->normaliser, g_ptr_array_index (sheet->columns, i));
}

/* The heading that people read is above the one for machines. */
static void
add_columns (const YejiLayoutGuess *guess,
             YejiImportSheet       *sheet,
             guint                  row)
{
  const YejiHeadRow *heading = get_head (guess, row);

  g_ptr_array_set_size (sheet->columns, 0);
  for (guint i = 0; i < heading->texts->len; i++)
    {
      YejiImportColumn *column = g_new0 (YejiImportColumn, 1);
      const char *sample = "";

      for (guint j = row + 1; j < guess->head->len && *sample == '\0'; j++)
        sample = get_text (get_head (guess, j), i);
      column->heading = g_strdup (get_text (heading, i));
      column->sample = g_strdup (sample);
      g_ptr_array_add (sheet->columns, column);
    }
}

/* What people read instead of what machines do. */
static void
show_labels (const YejiLayoutGuess *guess,
             YejiImportSheet       *sheet,
             guint                  row)
{
  const YejiHeadRow *above = row > 0 ? get_head (guess, row - 1) : NULL;
  Score score;

  if (above == NULL)
    return;
  score = score_row (guess, above);
  if (!is_heading (&score))
    return;
  for (guint i = 0; i < sheet->columns->len; i++)
    {
      YejiImportColumn *column = g_ptr_array_index (sheet->columns, i);

      if (*get_text (above, i) == '\0')
        continue;
      g_free (column->heading);
      column->heading = g_strdup (get_text (above, i));
      yeji_layout_find_unit (guess->normaliser, column);
    }
}

/**
 * yeji_layout_guess_sheet:
 * @sheet: with its name; the rest is found
 *
 * Returns: whether a row with headings was found
 */
gboolean
yeji_layout_guess_sheet (const YejiLayoutGuess *guess,
                         YejiImportSheet       *sheet)
{
  const YejiTableDef *root = yeji_dictionary_get_root (guess->dictionary);
  g_autoptr (GPtrArray) names = NULL;
  gboolean has_ids;
  guint row;

  if (!find_heading_row (guess, sheet, &row, &has_ids))
    return FALSE;
  add_columns (guess, sheet, row);
  names = list_names (sheet);
  sheet->table = yeji_heading_index_find_table (guess->index, sheet->name, TRUE);
  if (sheet->table == NULL)
    sheet->table = yeji_heading_index_find_table (guess->index, sheet->name, FALSE);
  /* a name that no column agrees with is a word that happens to be in it */
  if (sheet->table == NULL || count_own (guess, names, sheet->table) == 0)
    {
      sheet->table = guess_table (guess, names);
      if (sheet->table != NULL && sheet->table != root
          && count_foreign (guess, names, sheet->table) > 0)
        sheet->table = root;
    }
  if (sheet->table == NULL)
    return FALSE;
  yeji_layout_match_columns (guess, sheet);
  if (has_ids)
    show_labels (guess, sheet, row);
  return TRUE;
}

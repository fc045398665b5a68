// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-layout"

#include "config.h"

#include "yeji-layout-private.h"

/* What a column is whose heading says nothing, by what stands below it. Only what can be nothing
 * else is taken, and it is marked as a guess. */

/* Fewer different values say nothing. */
#define MIN_DIFFERENT 2

/* What no field of a form of its own accepts. */
static const char *const anything[] = { "中文 1", "x", "1.5元？" };

static gboolean
is_telling (const YejiLayoutGuess *guess,
            const YejiFieldDef    *field)
{
  if (field->by_platform || field->link != NULL || field->inherits != NULL)
    return FALSE;
  switch (field->kind)
    {
    case YEJI_FIELD_DATE:
    case YEJI_FIELD_CODE:
      return TRUE;
    case YEJI_FIELD_TEXT:
      if (field->format == NULL && field->personal == YEJI_PERSONAL_NO)
        return FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (anything); i++)
        if (yeji_normaliser_accepts (guess->normaliser, field, anything[i]))
          return FALSE;
      return TRUE;
    case YEJI_FIELD_LONG_TEXT:
    case YEJI_FIELD_NUMBER:
    case YEJI_FIELD_LINK:
    case N_YEJI_FIELD_KINDS:
    default:
      return FALSE;
    }
}

/* A bare number is as well an amount as a code: only names say that it is one. */
static gboolean
fits (const YejiLayoutGuess *guess,
      const YejiFieldDef    *field,
      const char            *text)
{
  g_autoptr (GPtrArray) offers = NULL;

  if (field->kind != YEJI_FIELD_CODE && yeji_normaliser_accepts (guess->normaliser, field, text))
    return TRUE;
  if (field->kind == YEJI_FIELD_CODE && g_ascii_isdigit (*text))
    return FALSE;
  offers = yeji_normaliser_offer (guess->normaliser, field, text);
  return offers->len == 1 && *((YejiSuggestion *) g_ptr_array_index (offers, 0))->value != '\0';
}

static GPtrArray *
list_samples (const YejiLayoutGuess *guess,
              const YejiImportSheet *sheet,
              guint                  column)
{
  GPtrArray *samples = g_ptr_array_new ();

  for (guint i = 0; i < guess->head->len; i++)
    {
      const YejiHeadRow *row = g_ptr_array_index (guess->head, i);
      const char *text = column < row->texts->len ? g_ptr_array_index (row->texts, column) : "";

      if (row->number >= sheet->first_row && *text != '\0'
          && !g_ptr_array_find_with_equal_func (samples, text, g_str_equal, NULL))
        g_ptr_array_add (samples, (gpointer) text);
    }
  return samples;
}

static gboolean
is_free (const YejiImportSheet *sheet,
         const YejiFieldDef    *field)
{
  for (guint i = 0; i < sheet->columns->len; i++)
    if (((YejiImportColumn *) g_ptr_array_index (sheet->columns, i))->field == field)
      return FALSE;
  return TRUE;
}

/* The one field of the sheet's table that all of them fit; %NULL also where there are several. */
static const YejiFieldDef *
find_field (const YejiLayoutGuess *guess,
            const YejiImportSheet *sheet,
            GPtrArray             *samples)
{
  const YejiFieldDef *found = NULL;

  for (guint i = 0; i < sheet->table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (sheet->table->fields, i);
      gboolean all = is_free (sheet, field) && is_telling (guess, field);

      for (guint j = 0; all && j < samples->len; j++)
        all = fits (guess, field, g_ptr_array_index (samples, j));
      if (!all)
        continue;
      if (found != NULL)
        return NULL;
      found = field;
    }
  return found;
}

/**
 * yeji_layout_fit_contents:
 * @sheet: whose headings were looked at
 *
 * Finds fields for the columns of which the heading says nothing.
 */
void
yeji_layout_fit_contents (const YejiLayoutGuess *guess,
                          YejiImportSheet       *sheet)
{
  for (guint i = 0; i < sheet->columns->len; i++)
    {
      YejiImportColumn *column = g_ptr_array_index (sheet->columns, i);
      g_autoptr (GPtrArray) samples = NULL;
      const YejiFieldDef *field;

      if (column->how != YEJI_IMPORT_HOW_NONE
          || yeji_heading_index_find (guess->index, column->heading) != NULL)
        continue;
      samples = list_samples (guess, sheet, i);
      field = samples->len >= MIN_DIFFERENT ? find_field (guess, sheet, samples) : NULL;
      if (field == NULL)
        continue;
      column->field = field;
      column->how = YEJI_IMPORT_HOW_CONTENT;
    }
}

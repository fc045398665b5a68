// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The sheets of a template that are read: how to fill it in, examples, codes. */

#define G_LOG_DOMAIN "yeji-exchange"

#include "config.h"

#include "yeji-template-private.h"

/* Points; a title has more room around it than a row has by itself. */
#define TITLE_HEIGHT 30u
#define SECTION_HEIGHT 24u
#define LINE_HEIGHT 16u

/* Latin characters that the columns of a page show. */
static const guint how_to_widths[] = { 22, 96 };
static const guint example_widths[] = { 34, 14, 34, 40, 54 };
static const guint code_widths[] = { 30, 12, 30, 20 };

static void
set_columns (YejiTemplate *self,
             guint         sheet,
             const guint  *widths,
             guint         n)
{
  for (guint i = 0; i < n; i++)
    yeji_sheet_writer_set_column (self->writer, sheet, i, widths[i], FALSE);
}

/* Adds a row of words, high enough for all of them: not every program makes it so by itself. */
static gboolean
add_words (YejiTemplate        *self,
           guint                sheet,
           const guint         *widths,
           const char * const  *texts,
           guint                n,
           GError             **error)
{
  guint lines = 1;

  for (guint i = 0; i < n; i++)
    if (texts[i] != NULL)
      lines = MAX (lines, (yeji_sheet_measure (texts[i]) + widths[i] - 1) / widths[i]);
  yeji_sheet_writer_set_height (self->writer, sheet, lines * LINE_HEIGHT + 4);
  return yeji_sheet_writer_add_row (self->writer, sheet, texts, n, YEJI_CELL_STYLE_WORDS, error);
}

static gboolean
add_cells (YejiTemplate   *self,
           guint           sheet,
           guint           height,
           YejiCellStyle   style,
           const char     *first,
           const char     *second,
           GError        **error)
{
  const char *texts[] = { first, second };

  if (height > 0)
    yeji_sheet_writer_set_height (self->writer, sheet, height);
  return yeji_sheet_writer_add_row (self->writer, sheet, texts, G_N_ELEMENTS (texts), style, error);
}

static gboolean
add_section (YejiTemplate       *self,
             guint               sheet,
             const char         *title,
             GError            **error)
{
  return add_cells (self, sheet, 0, YEJI_CELL_STYLE_WORDS, NULL, NULL, error)
         && add_cells (self, sheet, SECTION_HEIGHT, YEJI_CELL_STYLE_SECTION, title, NULL, error);
}

/* --- how to fill it in --- */

static gboolean
add_line (YejiTemplate  *self,
          const char    *name,
          const char    *words,
          GError       **error)
{
  const char *texts[] = { name, words };

  return add_words (self, self->how_to, how_to_widths, texts, G_N_ELEMENTS (texts), error);
}

static gboolean
add_head (YejiTemplate  *self,
          GError       **error)
{
  g_autofree char *version = NULL;
  g_autofree char *role = NULL;

  version = g_strdup_printf (yeji_template_say (self, YEJI_WORDS_STANDARD),
                             yeji_dictionary_get_version (self->dictionary));
  if (self->role != NULL)
    role = g_strdup_printf (yeji_template_say (self, YEJI_WORDS_FOR_ROLE),
                            yeji_text_get (&self->role->label, self->language));
  if (!add_cells (self, self->how_to, TITLE_HEIGHT, YEJI_CELL_STYLE_TITLE,
                  yeji_template_say (self, YEJI_WORDS_TITLE), NULL, error))
    return FALSE;
  if (role != NULL
      && !add_cells (self, self->how_to, LINE_HEIGHT, YEJI_CELL_STYLE_TEXT, role, NULL, error))
    return FALSE;
  return add_cells (self, self->how_to, LINE_HEIGHT, YEJI_CELL_STYLE_TEXT, version, NULL, error);
}

static gboolean
add_steps (YejiTemplate  *self,
           GError       **error)
{
  if (!add_section (self, self->how_to, yeji_template_say (self, YEJI_WORDS_STEPS), error))
    return FALSE;
  for (guint i = 0; i < YEJI_TEMPLATE_N_STEPS; i++)
    {
      g_autofree char *number = NULL;

      number = g_strdup_printf (yeji_template_say (self, YEJI_WORDS_STEP), i + 1);
      if (!add_line (self, number, yeji_template_get_step (self, i), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_colors (YejiTemplate  *self,
            GError       **error)
{
  static const struct
  {
    YejiTemplateWords name;
    YejiTemplateWords means;
    YejiCellStyle style;
  } colors[] = {
    { YEJI_WORDS_NEEDED, YEJI_WORDS_NEEDED_MEANS, YEJI_CELL_STYLE_NEEDED },
    { YEJI_WORDS_SOMETIMES, YEJI_WORDS_SOMETIMES_MEANS, YEJI_CELL_STYLE_HEADING },
    { YEJI_WORDS_FREE, YEJI_WORDS_FREE_MEANS, YEJI_CELL_STYLE_HEADING },
    { YEJI_WORDS_EMPTY, YEJI_WORDS_EMPTY_MEANS, YEJI_CELL_STYLE_REMINDER },
    { YEJI_WORDS_BAD, YEJI_WORDS_BAD_MEANS, YEJI_CELL_STYLE_BAD },
  };

  if (!add_section (self, self->how_to, yeji_template_say (self, YEJI_WORDS_COLORS), error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    {
      yeji_sheet_writer_mark_cell (self->writer, self->how_to, 0, colors[i].style, NULL);
      if (!add_line (self, yeji_template_say (self, colors[i].name),
                     yeji_template_say (self, colors[i].means), error))
        return FALSE;
    }
  return TRUE;
}

static guint
find_need (const YejiRole     *role,
           const YejiTableDef *table)
{
  for (guint i = 0; i < role->needs->len; i++)
    {
      const YejiTableNeed *need = &g_array_index (role->needs, YejiTableNeed, i);

      if (need->table == table)
        return need->min;
    }
  return 0;
}

/* Which tables a record must have depends on what the enterprise did there. */
static char *
describe_need (YejiTemplate       *self,
               const YejiTableDef *table)
{
  GPtrArray *roles = yeji_dictionary_get_roles (self->dictionary);
  g_autoptr (GString) needed = g_string_new (NULL);
  guint n = self->role != NULL ? find_need (self->role, table) : 0;

  if (table->index == 0)
    return g_strdup (yeji_template_say (self, YEJI_WORDS_ROOT_TABLE));
  if (n > 0)
    return g_strdup_printf (yeji_template_say (self, YEJI_WORDS_NEEDED_TABLE), n);
  for (guint i = 0; self->role == NULL && i < roles->len; i++)
    {
      const YejiRole *role = g_ptr_array_index (roles, i);

      if (find_need (role, table) == 0)
        continue;
      if (needed->len > 0)
        g_string_append (needed, self->language == YEJI_LANGUAGE_ZH ? "、" : ", ");
      g_string_append (needed, yeji_text_get (&role->label, self->language));
    }
  return needed->len > 0 ? g_strdup_printf (yeji_template_say (self, YEJI_WORDS_NEEDED_BY),
                                            needed->str)
                         : g_strdup (yeji_template_say (self, YEJI_WORDS_OPTIONAL_TABLE));
}

static gboolean
add_table_list (YejiTemplate  *self,
                GError       **error)
{
  if (!add_section (self, self->how_to, yeji_template_say (self, YEJI_WORDS_TABLES), error))
    return FALSE;
  for (guint i = 0; i < self->tables->len; i++)
    {
      const YejiTemplateTable *table = &g_array_index (self->tables, YejiTemplateTable, i);
      g_autofree char *need = describe_need (self, table->table);

      if (!add_line (self, yeji_sheet_writer_get_name (self->writer, table->sheet), need, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_template_add_how_to:
 *
 * Fills the first sheet.
 */
gboolean
yeji_template_add_how_to (YejiTemplate  *self,
                          GError       **error)
{
  set_columns (self, self->how_to, how_to_widths, G_N_ELEMENTS (how_to_widths));
  return add_head (self, error) && add_steps (self, error) && add_table_list (self, error)
         && add_colors (self, error);
}

/* --- examples --- */

static gboolean
add_example (YejiTemplate        *self,
             const YejiFieldDef  *field,
             GError             **error)
{
  static const YejiTemplateWords demands[] = {
    [YEJI_SHEET_DEMAND_NONE] = YEJI_WORDS_FREE,
    [YEJI_SHEET_DEMAND_SOMETIMES] = YEJI_WORDS_SOMETIMES,
    [YEJI_SHEET_DEMAND_ALWAYS] = YEJI_WORDS_NEEDED,
    [YEJI_SHEET_DEMAND_OTHERS] = YEJI_WORDS_FREE,
  };
  YejiSheetDemand demand = yeji_sheet_find_demand (self->dictionary, self->role, field);
  g_autofree char *heading = yeji_sheet_dup_heading (field, YEJI_SHEET_DEMAND_NONE,
                                                     self->language);
  g_autofree char *what = yeji_template_describe (self, field);
  const char *texts[] = {
    heading,
    yeji_template_say (self, demands[demand]),
    what,
    yeji_template_find_example (self, field),
    yeji_text_get (&field->help, self->language),
  };

  return add_words (self, self->example_sheet, example_widths, texts, G_N_ELEMENTS (texts), error);
}

static gboolean
add_example_table (YejiTemplate             *self,
                   const YejiTemplateTable  *table,
                   GError                  **error)
{
  const char *texts[] = {
    yeji_template_say (self, YEJI_WORDS_COLUMN),
    yeji_template_say (self, YEJI_WORDS_DEMAND),
    yeji_template_say (self, YEJI_WORDS_WHAT),
    yeji_template_say (self, YEJI_WORDS_EXAMPLE),
    yeji_template_say (self, YEJI_WORDS_REMARK),
  };

  if (!add_section (self, self->example_sheet,
                    yeji_sheet_writer_get_name (self->writer, table->sheet), error)
      || !yeji_sheet_writer_add_row (self->writer, self->example_sheet, texts,
                                     G_N_ELEMENTS (texts), YEJI_CELL_STYLE_HEADING, error))
    return FALSE;
  for (guint i = 0; i < table->fields->len; i++)
    if (!add_example (self, g_ptr_array_index (table->fields, i), error))
      return FALSE;
  return TRUE;
}

/**
 * yeji_template_add_examples:
 *
 * Fills the sheet that shows every column with what could stand there.
 */
gboolean
yeji_template_add_examples (YejiTemplate  *self,
                            GError       **error)
{
  guint sheet = self->example_sheet;

  set_columns (self, sheet, example_widths, G_N_ELEMENTS (example_widths));
  if (!add_cells (self, sheet, TITLE_HEIGHT, YEJI_CELL_STYLE_TITLE,
                  yeji_template_say (self, YEJI_WORDS_EXAMPLES), NULL, error)
      || !add_cells (self, sheet, LINE_HEIGHT, YEJI_CELL_STYLE_TEXT,
                     yeji_template_say (self, YEJI_WORDS_INVENTED), NULL, error))
    return FALSE;
  for (guint i = 0; i < self->tables->len; i++)
    if (!add_example_table (self, &g_array_index (self->tables, YejiTemplateTable, i), error))
      return FALSE;
  return TRUE;
}

/* --- codes --- */

static gboolean
add_code_list (YejiTemplate             *self,
               const YejiTemplateCodes  *list,
               GError                  **error)
{
  const YejiCodeList *codes = list->field->codes;
  const char *heads[] = {
    yeji_template_say (self, YEJI_WORDS_CODE_TEXT),
    yeji_template_say (self, YEJI_WORDS_CODE),
    yeji_template_say (self, YEJI_WORDS_CODE_NAME),
    yeji_template_say (self, YEJI_WORDS_CODE_PARENT),
  };

  set_columns (self, list->sheet, code_widths, G_N_ELEMENTS (code_widths));
  yeji_sheet_writer_freeze (self->writer, list->sheet, 1, 0);
  if (!yeji_sheet_writer_add_row (self->writer, list->sheet, heads, G_N_ELEMENTS (heads),
                                  YEJI_CELL_STYLE_HEADING, error))
    return FALSE;
  for (guint i = 0; i < codes->items->len; i++)
    {
      const YejiCode *code = g_ptr_array_index (codes->items, i);
      const YejiCode *parent = code->parent != NULL ? yeji_code_list_find (codes, code->parent)
                                                    : NULL;
      const char *texts[] = { yeji_sheet_codes_show (self->codes, list->field, code->code),
                              code->code, code->name, parent != NULL ? parent->name : NULL };

      if (code->status == YEJI_CODE_CURRENT
          && !yeji_sheet_writer_add_row (self->writer, list->sheet, texts, G_N_ELEMENTS (texts),
                                         YEJI_CELL_STYLE_TEXT, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_template_add_codes:
 *
 * Fills the sheets of code lists, to which the cells of other sheets refer.
 */
gboolean
yeji_template_add_codes (YejiTemplate  *self,
                         GError       **error)
{
  for (guint i = 0; i < self->lists->len; i++)
    if (!add_code_list (self, &g_array_index (self->lists, YejiTemplateCodes, i), error))
      return FALSE;
  return TRUE;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-exchange"

#include "config.h"

#include "yeji-template.h"

#include <string.h>

#include "yeji-record-file.h"
#include "yeji-template-private.h"

/* Characters of all choices together that Excel takes in a cell's own list. */
#define MOST_INLINE 255u
/* Of a longer list the sheet is hidden: nobody reads it, and the drop-down shows it. */
#define MOST_READ 300u
#define HEADING_HEIGHT 34u

/**
 * yeji_template_get_n_keys:
 *
 * Returns: how many columns of a table's sheet stand before its fields
 */
guint
yeji_template_get_n_keys (const YejiTableDef *table)
{
  return table->index == 0 ? 2 : 1;
}

/* What the platform fills is no matter of the clerk's, and what a row has from its project stands
 * in the project's row. */
static gboolean
is_shown (const YejiFieldDef *field)
{
  return !field->by_platform && field->inherits == NULL;
}

static const YejiTemplateTable *
find_table (YejiTemplate       *self,
            const YejiTableDef *table)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      const YejiTemplateTable *sheet = &g_array_index (self->tables, YejiTemplateTable, i);

      if (sheet->table == table)
        return sheet;
    }
  return NULL;
}

static const YejiTemplateCodes *
find_list (YejiTemplate       *self,
           const YejiCodeList *codes)
{
  for (guint i = 0; i < self->lists->len; i++)
    {
      const YejiTemplateCodes *list = &g_array_index (self->lists, YejiTemplateCodes, i);

      if (list->field->codes == codes)
        return list;
    }
  return NULL;
}

/* --- what a column offers --- */

/* What is offered for a code field; %NULL where a cell's own list does not take it. */
static GPtrArray *
list_choices (YejiTemplate       *self,
              const YejiFieldDef *field)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new ();
  gsize length = 0;

  for (guint i = 0; i < field->codes->items->len; i++)
    {
      const YejiCode *code = g_ptr_array_index (field->codes->items, i);
      const char *text = yeji_sheet_codes_show (self->codes, field, code->code);

      if (code->status != YEJI_CODE_CURRENT)
        continue;
      length += (gsize) g_utf8_strlen (text, -1) + 1;
      if (strpbrk (text, ",\"") != NULL || length > MOST_INLINE)
        return NULL;
      g_ptr_array_add (choices, (gpointer) text);
    }
  if (choices->len == 0)
    return NULL;
  g_ptr_array_add (choices, NULL);
  return g_steal_pointer (&choices);
}

static guint
count_offered (const YejiCodeList *codes)
{
  guint n = 0;

  for (guint i = 0; i < codes->items->len; i++)
    n += ((const YejiCode *) g_ptr_array_index (codes->items, i))->status == YEJI_CODE_CURRENT;
  return n;
}

static char *
name_column (guint column)
{
  GString *name = g_string_new (NULL);

  for (guint n = column + 1; n > 0; n = (n - 1) / 26)
    g_string_prepend_c (name, (char) ('A' + (n - 1) % 26));
  return g_string_free (name, FALSE);
}

static char *
make_range (YejiTemplate *self,
            guint         sheet,
            guint         column,
            guint         first,
            guint         last)
{
  g_autofree char *letters = name_column (column);

  return g_strdup_printf ("='%s'!$%s$%u:$%s$%u", yeji_sheet_writer_get_name (self->writer, sheet),
                          letters, first + 1, letters, last + 1);
}

/* The rows in which a link finds its key; %NULL where the template has no such column. */
static char *
make_link_range (YejiTemplate       *self,
                 const YejiFieldDef *field)
{
  const YejiTemplateTable *table = find_table (self, field->link->table);
  guint at;

  if (table == NULL || !g_ptr_array_find (table->fields, field->link, &at))
    return NULL;
  return make_range (self, table->sheet, at + yeji_template_get_n_keys (table->table),
                     YEJI_TEMPLATE_FIRST, YEJI_TEMPLATE_LAST);
}

/* Not more than a question: the import understands 2016年3月30日 and 2,928.28万元, and says itself
 * what is wrong. A cell that Excel made a number or a day is one. */
static char *
make_date_formula (const char *cell)
{
  return g_strdup_printf ("=OR(ISNUMBER(%s),LEN(%s)=8,ISNUMBER(DATEVALUE(SUBSTITUTE(SUBSTITUTE("
                          "SUBSTITUTE(SUBSTITUTE(%s,\"年\",\"-\"),\"月\",\"-\"),\"日\",\"\"),"
                          "\".\",\"-\"))))", cell, cell, cell);
}

static char *
make_number_formula (const char         *cell,
                     const YejiFieldDef *field)
{
  return g_strdup_printf ("=ISNUMBER(VALUE(SUBSTITUTE(SUBSTITUTE(%s,\",\",\"\"),\"%s\",\"\")))",
                          cell, field->unit != NULL ? field->unit : " ");
}

typedef struct
{
  YejiSheetCheck check;
  GPtrArray *choices;          /* (nullable) */
  char *formula;               /* (nullable) */
  char *doubt;                 /* (nullable) */
  char *help;                  /* (nullable) */
} Check;

static void
clear_check (Check *self)
{
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_free (self->formula);
  g_free (self->doubt);
  g_free (self->help);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, clear_check)

static void
offer_codes (YejiTemplate       *self,
             Check              *check,
             const YejiFieldDef *field)
{
  const YejiTemplateCodes *list = find_list (self, field->codes);

  check->doubt = g_strdup (yeji_template_say (self, YEJI_WORDS_CODE_DOUBT));
  if (list == NULL)
    check->choices = list_choices (self, field);
  else
    check->formula = make_range (self, list->sheet, 0, 1, count_offered (field->codes));
  check->check.list = list != NULL;
}

static void
offer_link (YejiTemplate       *self,
            Check              *check,
            const YejiFieldDef *field)
{
  const YejiTableDef *table = field->link->table;

  check->formula = make_link_range (self, field);
  check->check.list = check->formula != NULL;
  if (check->check.list)
    check->doubt = g_strdup_printf (yeji_template_say (self, YEJI_WORDS_LINK_DOUBT),
                                    yeji_text_get (&table->label, self->language));
}

static void
find_check (YejiTemplate       *self,
            Check              *check,
            const YejiFieldDef *field,
            guint               column)
{
  g_autofree char *letters = name_column (column);
  g_autofree char *cell = g_strdup_printf ("%s%u", letters, YEJI_TEMPLATE_FIRST + 1);

  if (field->codes != NULL)
    offer_codes (self, check, field);
  else if (field->link != NULL)
    offer_link (self, check, field);
  else if (field->kind == YEJI_FIELD_DATE)
    {
      check->formula = make_date_formula (cell);
      check->doubt = g_strdup (yeji_template_say (self, YEJI_WORDS_DATE_DOUBT));
    }
  else if (field->kind == YEJI_FIELD_NUMBER)
    {
      check->formula = make_number_formula (cell, field);
      check->doubt = g_strdup (yeji_template_say (self, YEJI_WORDS_NUMBER_DOUBT));
    }
  else if (field->length > 0)
    {
      check->check.most = field->length;
      check->doubt = g_strdup_printf (yeji_template_say (self, YEJI_WORDS_LENGTH_DOUBT),
                                      field->length);
    }
}

static char *
make_help (YejiTemplate       *self,
           const YejiFieldDef *field)
{
  const char *help = yeji_text_get (&field->help, self->language);
  g_autofree char *what = yeji_template_describe (self, field);

  if (help == NULL || *help == '\0')
    return g_steal_pointer (&what);
  return *what != '\0' ? g_strdup_printf ("%s\n%s", what, help) : g_strdup (help);
}

static void
add_check (YejiTemplate             *self,
           const YejiTemplateTable  *table,
           const YejiFieldDef       *field,
           guint                     column)
{
  g_auto (Check) check = { { NULL } };

  find_check (self, &check, field, column);
  check.help = make_help (self, field);
  check.check.title = yeji_text_get (&field->label, self->language);
  check.check.help = check.help;
  check.check.doubt = check.doubt;
  check.check.formula = check.formula;
  if (check.choices != NULL)
    check.check.choices = (const char * const *) check.choices->pdata;
  yeji_sheet_writer_add_check (self->writer, table->sheet, column, YEJI_TEMPLATE_FIRST,
                               YEJI_TEMPLATE_LAST, &check.check);
}

/* A cell that must be filled is tinted while something stands in its row and nothing in it. */
static void
add_reminder (YejiTemplate             *self,
              const YejiTemplateTable  *table,
              guint                     column)
{
  g_autofree char *letters = name_column (column);
  g_autofree char *last = name_column (yeji_template_get_n_keys (table->table)
                                       + table->fields->len - 1);
  g_autofree char *formula = NULL;

  formula = g_strdup_printf ("=AND(LEN(%s%u)=0,COUNTA($A%u:$%s%u)>0)", letters,
                             YEJI_TEMPLATE_FIRST + 1, YEJI_TEMPLATE_FIRST + 1, last,
                             YEJI_TEMPLATE_FIRST + 1);
  yeji_sheet_writer_add_reminder (self->writer, table->sheet, column, YEJI_TEMPLATE_FIRST,
                                  YEJI_TEMPLATE_LAST, formula);
}

/* --- the columns that are no fields --- */

static void
add_record_check (YejiTemplate            *self,
                  const YejiTemplateTable *table)
{
  const YejiTemplateTable *root = &g_array_index (self->tables, YejiTemplateTable, 0);
  const char *name = yeji_sheet_writer_get_name (self->writer, root->sheet);
  g_autofree char *range = make_range (self, root->sheet, 0, YEJI_TEMPLATE_FIRST,
                                       YEJI_TEMPLATE_LAST);
  g_autofree char *help = NULL;
  g_autofree char *doubt = NULL;
  YejiSheetCheck check = { NULL };

  check.title = yeji_sheet_get_key_word (YEJI_SHEET_RECORD, self->language);
  if (table->table->index == 0)
    check.help = yeji_template_say (self, YEJI_WORDS_RECORD_HELP);
  else
    {
      help = g_strdup_printf (yeji_template_say (self, YEJI_WORDS_RECORD_LINK_HELP), name);
      doubt = g_strdup_printf (yeji_template_say (self, YEJI_WORDS_RECORD_DOUBT), name);
      check.help = help;
      check.doubt = doubt;
      check.formula = range;
      check.list = TRUE;
    }
  yeji_sheet_writer_add_check (self->writer, table->sheet, 0, YEJI_TEMPLATE_FIRST,
                               YEJI_TEMPLATE_LAST, &check);
}

static void
add_role_check (YejiTemplate            *self,
                const YejiTemplateTable *table)
{
  GPtrArray *roles = yeji_dictionary_get_roles (self->dictionary);
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  YejiSheetCheck check = { NULL };
  gsize length = 0;

  for (guint i = 0; i < roles->len; i++)
    {
      const YejiRole *role = g_ptr_array_index (roles, i);
      const char *label = yeji_text_get (&role->label, self->language);

      length += (gsize) g_utf8_strlen (label, -1) + 1;
      g_ptr_array_add (labels, (gpointer) (strchr (label, ',') != NULL ? role->id : label));
    }
  g_ptr_array_add (labels, NULL);
  check.title = yeji_sheet_get_key_word (YEJI_SHEET_ROLE, self->language);
  check.help = yeji_template_say (self, YEJI_WORDS_ROLE_HELP);
  check.doubt = yeji_template_say (self, YEJI_WORDS_ROLE_DOUBT);
  if (length <= MOST_INLINE && roles->len > 0)
    check.choices = (const char * const *) labels->pdata;
  yeji_sheet_writer_add_check (self->writer, table->sheet, 1, YEJI_TEMPLATE_FIRST,
                               YEJI_TEMPLATE_LAST, &check);
}

/* --- the sheets --- */

static void
add_key (YejiTemplate             *self,
         const YejiTemplateTable  *table,
         GPtrArray                *headings,
         GPtrArray                *ids,
         const char               *key)
{
  const char *word = yeji_sheet_get_key_word (key, self->language);

  yeji_sheet_writer_set_column (self->writer, table->sheet, ids->len, ids->len == 0 ? 12 : 16,
                                FALSE);
  yeji_sheet_writer_mark_cell (self->writer, table->sheet, ids->len, YEJI_CELL_STYLE_NEEDED, NULL);
  g_ptr_array_add (headings, g_strconcat (word, " *", NULL));
  g_ptr_array_add (ids, (gpointer) key);
}

static void
add_field (YejiTemplate             *self,
           const YejiTemplateTable  *table,
           GPtrArray                *headings,
           GPtrArray                *ids,
           const YejiFieldDef       *field)
{
  YejiSheetDemand demand = yeji_sheet_find_demand (self->dictionary, self->role, field);
  char *heading = yeji_sheet_dup_heading (field, demand, self->language);
  guint column = ids->len;

  yeji_sheet_writer_set_column (self->writer, table->sheet, column,
                                yeji_sheet_find_width (field, heading), FALSE);
  yeji_sheet_writer_mark_cell (self->writer, table->sheet, column, yeji_sheet_get_style (demand),
                               NULL);
  add_check (self, table, field, column);
  if (demand == YEJI_SHEET_DEMAND_ALWAYS)
    add_reminder (self, table, column);
  g_ptr_array_add (headings, heading);
  g_ptr_array_add (ids, field->id);
}

static gboolean
add_table (YejiTemplate             *self,
           const YejiTemplateTable  *table,
           GError                  **error)
{
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  guint sheet = table->sheet;

  add_key (self, table, headings, ids, YEJI_SHEET_RECORD);
  add_record_check (self, table);
  if (table->table->index == 0)
    {
      add_key (self, table, headings, ids, YEJI_SHEET_ROLE);
      add_role_check (self, table);
    }
  for (guint i = 0; i < table->fields->len; i++)
    add_field (self, table, headings, ids, g_ptr_array_index (table->fields, i));
  yeji_sheet_writer_freeze (self->writer, sheet, YEJI_SHEET_HEAD_ROWS, 1);
  yeji_sheet_writer_set_height (self->writer, sheet, HEADING_HEIGHT);
  return yeji_sheet_writer_add_row (self->writer, sheet, (const char * const *) headings->pdata,
                                    headings->len, YEJI_CELL_STYLE_HEADING, error)
         && yeji_sheet_writer_add_row (self->writer, sheet, (const char * const *) ids->pdata,
                                       ids->len, YEJI_CELL_STYLE_ID, error);
}

static void
clear_table (gpointer data)
{
  g_ptr_array_unref (((YejiTemplateTable *) data)->fields);
}

static void
begin_table (YejiTemplate       *self,
             const YejiTableDef *table)
{
  YejiTemplateTable sheet = { table };

  sheet.sheet = yeji_sheet_writer_begin_sheet (self->writer,
                                               yeji_text_get (&table->label, self->language), 0);
  sheet.fields = g_ptr_array_new ();
  for (guint i = 0; i < table->fields->len; i++)
    if (is_shown (g_ptr_array_index (table->fields, i)))
      g_ptr_array_add (sheet.fields, g_ptr_array_index (table->fields, i));
  g_array_append_val (self->tables, sheet);
}

static void
begin_lists_of (YejiTemplate            *self,
                const YejiTemplateTable *table)
{
  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);
      YejiTemplateCodes list = { field };
      g_autoptr (GPtrArray) choices = NULL;
      g_autofree char *name = NULL;
      guint n;

      if (field->codes == NULL || find_list (self, field->codes) != NULL)
        continue;
      choices = list_choices (self, field);
      n = count_offered (field->codes);
      if (choices != NULL || n == 0)
        continue;
      name = g_strdup_printf (yeji_template_say (self, YEJI_WORDS_CODES),
                              yeji_text_get (&field->codes->label, self->language));
      list.sheet = yeji_sheet_writer_begin_sheet (self->writer, name,
                                                  n > MOST_READ ? YEJI_SHEET_HIDDEN : 0);
      g_array_append_val (self->lists, list);
    }
}

/* The sheets refer to each other, by name: all of them are begun before any is filled. */
static void
begin_sheets (YejiTemplate *self)
{
  GPtrArray *tables = yeji_dictionary_get_tables (self->dictionary);

  self->how_to = yeji_sheet_writer_begin_sheet (self->writer,
                                                yeji_template_say (self, YEJI_WORDS_HOW_TO),
                                                YEJI_SHEET_PAGE);
  for (guint i = 0; i < tables->len; i++)
    begin_table (self, g_ptr_array_index (tables, i));
  self->example_sheet = yeji_sheet_writer_begin_sheet (self->writer,
                                                       yeji_template_say (self,
                                                                          YEJI_WORDS_EXAMPLES),
                                                       YEJI_SHEET_PAGE);
  for (guint i = 0; i < self->tables->len; i++)
    begin_lists_of (self, &g_array_index (self->tables, YejiTemplateTable, i));
}

static gboolean
fill_sheets (YejiTemplate  *self,
             GError       **error)
{
  begin_sheets (self);
  if (!yeji_template_add_how_to (self, error))
    return FALSE;
  for (guint i = 0; i < self->tables->len; i++)
    if (!add_table (self, &g_array_index (self->tables, YejiTemplateTable, i), error))
      return FALSE;
  return yeji_template_add_examples (self, error) && yeji_template_add_codes (self, error)
         && yeji_sheet_begin_about (self->writer, self->dictionary, self->role, error)
            != G_MAXUINT;
}

static gboolean
fail (GError **error,
      GError  *failure)
{
  g_set_error_literal (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_WRITE, failure->message);
  g_error_free (failure);
  return FALSE;
}

/**
 * yeji_template_write:
 * @role: (nullable): what must be filled in is marked for this role, without one for any
 * @language: of all that is in it
 *
 * Makes a workbook that can be filled in and imported: a sheet a table with what the enterprise
 * fills, drop-downs, what a cell wants, marks of what is required, and sheets that say how, show
 * examples and list codes. Cells ask when they doubt a value, and never refuse one: an import reads
 * more than Excel does. Blocks.
 *
 * Returns: %FALSE with %YEJI_EXCHANGE_ERROR_WRITE; nothing is there then that was not before
 */
gboolean
yeji_template_write (YejiDictionary  *dictionary,
                     const YejiRole  *role,
                     YejiLanguage     language,
                     const char      *path,
                     GError         **error)
{
  g_autoptr (YejiNormaliser) normaliser = yeji_normaliser_new (dictionary);
  g_autoptr (YejiSheetCodes) codes = yeji_sheet_codes_new (normaliser);
  YejiTemplate self = { dictionary, role, language, codes };
  GError *failure = NULL;
  gboolean done = FALSE;

  self.examples = yeji_template_load_examples (&failure);
  self.writer = self.examples != NULL
                ? yeji_sheet_writer_new (path, YEJI_SHEET_WRITER_XLSX, &failure) : NULL;
  self.tables = g_array_new (FALSE, FALSE, sizeof (YejiTemplateTable));
  g_array_set_clear_func (self.tables, clear_table);
  self.lists = g_array_new (FALSE, FALSE, sizeof (YejiTemplateCodes));
  if (self.writer != NULL)
    {
      done = fill_sheets (&self, &failure);
      if (!yeji_sheet_writer_close (self.writer, done, done ? &failure : NULL))
        done = FALSE;
    }
  g_clear_pointer (&self.examples, g_ptr_array_unref);
  g_array_unref (self.tables);
  g_array_unref (self.lists);
  return done || fail (error, failure);
}

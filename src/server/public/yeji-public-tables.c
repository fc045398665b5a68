// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-public"

#include "config.h"

#include "yeji-public-tables.h"

#include <string.h>

/* A table whose rows have no more to say than this is written as one. */
#define MAX_COLUMNS 9
/* Values of one fact at the top of the page. */
#define MAX_VALUES 3

/* What receivers of the standard take for empty is not worth a line. */
static const char *
get_value (YejiRecord         *record,
           YejiRow            *row,
           const YejiFieldDef *field)
{
  const char *value = yeji_row_get (row, field);

  return yeji_dictionary_is_empty_value (yeji_record_get_dictionary (record), value) ? "" : value;
}

/* A link and what is taken over from the project say nothing that does not stand elsewhere. */
static gboolean
is_shown (YejiPublicPage     *page,
          const YejiFieldDef *field)
{
  return field->personal == YEJI_PERSONAL_NO && field->inherits == NULL
         && !g_ptr_array_find (page->context->layout->hidden, field, NULL);
}

static gboolean
is_filled (YejiRecord         *record,
           const YejiFieldDef *field)
{
  for (guint i = 0; i < yeji_record_get_n_rows (record, field->table); i++)
    if (*get_value (record, yeji_record_get_row (record, field->table, i), field) != '\0')
      return TRUE;
  return FALSE;
}

static void
add_pair (YejiPublicPage     *page,
          const YejiFieldDef *field,
          const char         *value)
{
  g_autofree char *text = yeji_public_page_format (page, field, value);

  yeji_html_open (page->html, "div", "class",
                  field->kind == YEJI_FIELD_LONG_TEXT ? "long" : NULL, NULL);
  yeji_html_leaf (page->html, "dt", yeji_text_get (&field->label, page->language), NULL);
  yeji_html_open (page->html, "dd", NULL);
  yeji_html_lines (page->html, text);
  yeji_html_close (page->html);
  yeji_html_close (page->html);
}

/* What the enterprise wrote, or what the review did. */
static void
add_pairs (YejiPublicPage *page,
           YejiRecord     *record,
           YejiRow        *row,
           gboolean        by_platform)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  yeji_html_open (page->html, "dl", "class", by_platform ? "pairs review" : "pairs", NULL);
  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);
      const char *value = get_value (record, row, field);

      if (is_shown (page, field) && field->by_platform == by_platform && *value != '\0')
        add_pair (page, field, value);
    }
  yeji_html_close (page->html);
}

static gboolean
has_pairs (YejiPublicPage *page,
           YejiRecord     *record,
           YejiRow        *row,
           gboolean        by_platform)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);

      if (is_shown (page, field) && field->by_platform == by_platform
          && *get_value (record, row, field) != '\0')
        return TRUE;
    }
  return FALSE;
}

static void
add_row (YejiPublicPage *page,
         YejiRecord     *record,
         YejiRow        *row,
         gboolean        titled)
{
  yeji_html_open (page->html, "div", "class", "row", NULL);
  if (titled)
    {
      const char *title = yeji_row_get_title (row);

      yeji_html_leaf (page->html, "h3", title != NULL && *title != '\0' ? title : "—", NULL);
    }
  if (has_pairs (page, record, row, FALSE))
    add_pairs (page, record, row, FALSE);
  if (has_pairs (page, record, row, TRUE))
    add_pairs (page, record, row, TRUE);
  yeji_html_close (page->html);
}

/* (transfer container) (nullable): the columns of a table that is small enough for one */
static GPtrArray *
find_columns (YejiPublicPage     *page,
              YejiRecord         *record,
              const YejiTableDef *table)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();

  for (guint i = 0; i < table->fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (table->fields, i);

      if (field->by_platform || field->kind == YEJI_FIELD_LONG_TEXT)
        return NULL;
      if (is_shown (page, field) && is_filled (record, field))
        g_ptr_array_add (columns, (gpointer) field);
    }
  return columns->len > 0 && columns->len <= MAX_COLUMNS ? g_steal_pointer (&columns) : NULL;
}

static void
add_grid_row (YejiPublicPage *page,
              YejiRecord     *record,
              YejiRow        *row,
              GPtrArray      *columns)
{
  yeji_html_open (page->html, "tr", NULL);
  for (guint i = 0; i < columns->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (columns, i);
      const char *value = get_value (record, row, field);
      g_autofree char *text = *value != '\0' ? yeji_public_page_format (page, field, value) : NULL;

      yeji_html_leaf (page->html, "td", text, NULL);
    }
  yeji_html_close (page->html);
}

static void
add_grid (YejiPublicPage     *page,
          YejiRecord         *record,
          const YejiTableDef *table,
          GPtrArray          *columns)
{
  const char *label = yeji_text_get (&table->label, page->language);

  /* It can be moved aside by keyboard where the window is narrow. */
  yeji_html_open (page->html, "div", "class", "scroll", "tabindex", "0", "role", "region",
                  "aria-label", label, NULL);
  yeji_html_open (page->html, "table", "class", "grid", NULL);
  yeji_html_open (page->html, "thead", NULL);
  yeji_html_open (page->html, "tr", NULL);
  for (guint i = 0; i < columns->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (columns, i);

      yeji_html_leaf (page->html, "th", yeji_text_get (&field->label, page->language), "scope",
                      "col", NULL);
    }
  yeji_html_close (page->html);
  yeji_html_close (page->html);
  yeji_html_open (page->html, "tbody", NULL);
  for (guint i = 0; i < yeji_record_get_n_rows (record, table); i++)
    add_grid_row (page, record, yeji_record_get_row (record, table, i), columns);
  yeji_html_close (page->html);
  yeji_html_close (page->html);
  yeji_html_close (page->html);
}

static void
add_table (YejiPublicPage     *page,
           YejiRecord         *record,
           const YejiTableDef *table)
{
  guint n = yeji_record_get_n_rows (record, table);
  g_autoptr (GPtrArray) columns = table->index > 0 ? find_columns (page, record, table) : NULL;
  g_autofree char *count = g_strdup_printf ("%u", n);

  yeji_html_open (page->html, "section", "class", "sheet", "id", table->member, NULL);
  yeji_html_open (page->html, "h2", NULL);
  yeji_html_text (page->html, yeji_text_get (&table->label, page->language));
  if (table->index > 0)
    {
      yeji_html_text (page->html, " ");
      yeji_html_leaf (page->html, "small", count, "class", "count", NULL);
    }
  yeji_html_close (page->html);
  if (columns != NULL)
    add_grid (page, record, table, columns);
  else
    for (guint i = 0; i < n; i++)
      add_row (page, record, yeji_record_get_row (record, table, i), table->index > 0);
  yeji_html_close (page->html);
}

/* @any: (inout): whether there was one before, so that the list of them is begun */
static void
add_fact (YejiPublicPage     *page,
          YejiRecord         *record,
          const YejiFieldDef *field,
          gboolean           *any)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < yeji_record_get_n_rows (record, field->table); i++)
    {
      const char *value = get_value (record, yeji_record_get_row (record, field->table, i), field);
      g_autofree char *one = NULL;

      if (*value == '\0')
        continue;
      n++;
      if (n > MAX_VALUES)
        continue;
      one = yeji_public_page_format (page, field, value);
      if (n > 1)
        g_string_append (text, yeji_public_page_say (page, "；", "; "));
      g_string_append (text, one);
    }
  if (n > MAX_VALUES)
    g_string_append_printf (text, yeji_public_page_say (page, " 等 %u 项", " and others, %u in all"),
                            n);
  if (n == 0)
    return;
  if (!*any)
    yeji_html_open (page->html, "dl", "class", "facts", NULL);
  *any = TRUE;
  yeji_html_open (page->html, "div", NULL);
  yeji_html_leaf (page->html, "dt", yeji_text_get (&field->label, page->language), NULL);
  yeji_html_leaf (page->html, "dd", text->str, NULL);
  yeji_html_close (page->html);
}

static void
add_facts (YejiPublicPage *page,
           YejiRecord     *record)
{
  GPtrArray *facts = page->context->layout->facts;
  gboolean any = FALSE;

  for (guint i = 0; i < facts->len; i++)
    add_fact (page, record, g_ptr_array_index (facts, i), &any);
  if (any)
    yeji_html_close (page->html);
}

static void
add_contents (YejiPublicPage *page,
              YejiRecord     *record)
{
  GPtrArray *tables = yeji_dictionary_get_tables (page->context->dictionary);

  yeji_html_open (page->html, "nav", "class", "contents", "aria-label",
                  yeji_public_page_say (page, "本页内容", "On this page"), NULL);
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);
      g_autofree char *address = g_strconcat ("#", table->member, NULL);

      if (yeji_record_get_n_rows (record, table) > 0)
        yeji_html_leaf (page->html, "a", yeji_text_get (&table->label, page->language), "href",
                        address, NULL);
    }
  yeji_html_leaf (page->html, "a", yeji_public_page_say (page, "公示记录", "What was done"), "href",
                  "#trace", NULL);
  yeji_html_close (page->html);
}

/**
 * yeji_public_tables_add:
 *
 * Writes what a record says, table by table under the labels of the dictionary, without personal
 * numbers. Empty values and what stands elsewhere on the page are left out.
 */
void
yeji_public_tables_add (YejiPublicPage *page,
                        YejiRecord     *record)
{
  GPtrArray *tables = yeji_dictionary_get_tables (page->context->dictionary);

  add_facts (page, record);
  add_contents (page, record);
  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      if (yeji_record_get_n_rows (record, table) > 0)
        add_table (page, record, table);
    }
}

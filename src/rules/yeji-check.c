// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-check"

#include "config.h"

#include "yeji-check.h"

#include <string.h>

/**
 * yeji_check_value:
 *
 * Returns: (not nullable): what receivers see of a value
 */
const char *
yeji_check_value (YejiCheck          *check,
                  YejiRow            *row,
                  const YejiFieldDef *field)
{
  return yeji_record_get_effective (check->record, row, field);
}

/**
 * yeji_check_applies:
 *
 * Returns: whether the rule's condition holds for @row, or it has none
 */
gboolean
yeji_check_applies (YejiCheck      *check,
                    const YejiRule *rule,
                    YejiRow        *row)
{
  const YejiFieldDef *field;

  if (rule->when == NULL)
    return TRUE;
  field = yeji_table_def_find_field (yeji_row_get_table (row), rule->when->field);
  return field != NULL && yeji_condition_holds (rule->when, yeji_check_value (check, row, field));
}

static void
visit_field (YejiCheck          *check,
             const YejiRule     *rule,
             const YejiFieldDef *field,
             YejiValueFunc       func)
{
  for (guint i = 0; i < yeji_record_get_n_rows (check->record, field->table); i++)
    {
      YejiRow *row = yeji_record_get_row (check->record, field->table, i);
      YejiVisit at = { row, i, field, yeji_check_value (check, row, field) };

      if (yeji_check_applies (check, rule, row))
        func (check, rule, &at);
    }
}

/**
 * yeji_check_each_value:
 * @func: (scope call): called for every value, empty ones too
 *
 * Visits the values of the rule's fields, or of all fields if it names none, in the rows for which
 * the rule's condition holds.
 */
void
yeji_check_each_value (YejiCheck      *check,
                       const YejiRule *rule,
                       YejiValueFunc   func)
{
  GPtrArray *tables = yeji_dictionary_get_tables (check->dictionary);

  for (guint i = 0; i < rule->fields->len; i++)
    visit_field (check, rule, g_ptr_array_index (rule->fields, i), func);
  for (guint i = 0; rule->fields->len == 0 && i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->fields->len; j++)
        visit_field (check, rule, g_ptr_array_index (table->fields, j), func);
    }
}

/**
 * yeji_check_display:
 *
 * Returns: (transfer full): a value for a message; a code with its name
 */
char *
yeji_check_display (const YejiFieldDef *field,
                    const char         *value)
{
  const YejiCode *code = field->codes != NULL ? yeji_code_list_find (field->codes, value) : NULL;

  return code != NULL ? g_strdup_printf ("%s %s", code->code, code->name) : g_strdup (value);
}

static const char *
find_word (const YejiMessageWords *words,
           const char             *table,
           const char             *row,
           const char             *name,
           gsize                   length)
{
  const struct
  {
    const char *name;
    const char *word;
  } known[] = {
    { "label", words->label },
    { "value", words->value },
    { "other", words->other },
    { "other_value", words->other_value },
    { "limit", words->limit },
    { "table", table },
    { "row", row },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strlen (known[i].name) == length && strncmp (known[i].name, name, length) == 0)
      return known[i].word != NULL ? known[i].word : "";
  return NULL;
}

/* Braces that name nothing stay as they are. A value cannot smuggle in a placeholder: what was
 * filled in is not looked at again. */
static char *
format_message (const char             *template,
                const YejiMessageWords *words,
                const char             *table,
                const char             *row)
{
  GString *message = g_string_new (NULL);

  while (*template != '\0')
    {
      const char *end = *template == '{' ? strchr (template, '}') : NULL;
      const char *word = end != NULL
        ? find_word (words, table, row, template + 1, (gsize) (end - template - 1)) : NULL;

      if (word != NULL)
        {
          g_string_append (message, word);
          template = end + 1;
        }
      else
        {
          g_string_append_c (message, *template++);
        }
    }
  return g_string_free (message, FALSE);
}

/**
 * yeji_check_report_at:
 * @table: (nullable): the table, for the message and for the order
 * @index: the row's position, for the same
 * @pointer: where the problem is
 *
 * Adds a problem at a place that is no field.
 */
void
yeji_check_report_at (YejiCheck              *check,
                      const YejiRule         *rule,
                      YejiSeverity            severity,
                      const YejiTableDef     *table,
                      guint                   index,
                      const char             *pointer,
                      const YejiMessageWords *words)
{
  g_autofree char *row = g_strdup_printf ("%u", index + 1);
  g_autofree char *message = NULL;
  YejiFound found = { table != NULL ? table->index : G_MAXUINT, index, 0, NULL };

  message = format_message (yeji_text_get (&rule->message, check->language), words,
                            table != NULL ? yeji_text_get (&table->label, check->language) : "",
                            row);
  found.problem = yeji_problem_new (rule->id, severity, pointer, message);
  g_array_append_val (check->found, found);
}

/**
 * yeji_check_report:
 * @row: (nullable): %NULL points at the table
 * @field: (nullable): %NULL points at the row
 * @words: (nullable): what differs from the field's label and value
 *
 * Adds a problem.
 */
void
yeji_check_report (YejiCheck              *check,
                   const YejiRule         *rule,
                   YejiSeverity            severity,
                   const YejiTableDef     *table,
                   YejiRow                *row,
                   guint                   index,
                   const YejiFieldDef     *field,
                   const YejiMessageWords *words)
{
  g_autofree char *pointer = yeji_record_get_pointer (check->record, table, row, field);
  g_autofree char *value = NULL;
  YejiMessageWords all = { 0 };

  if (words != NULL)
    all = *words;
  if (field != NULL)
    {
      value = yeji_check_display (field, yeji_check_value (check, row, field));
      all.label = yeji_text_get (&field->label, check->language);
      if (all.value == NULL)
        all.value = value;
    }
  yeji_check_report_at (check, rule, severity, table, index, pointer, &all);
  if (field != NULL)
    g_array_index (check->found, YejiFound, check->found->len - 1).field = field->index + 1;
}

/**
 * yeji_check_report_value:
 * @words: (nullable): as for yeji_check_report()
 *
 * Adds a problem of the value that is being looked at.
 */
void
yeji_check_report_value (YejiCheck              *check,
                         const YejiRule         *rule,
                         YejiSeverity            severity,
                         const YejiVisit        *at,
                         const YejiMessageWords *words)
{
  yeji_check_report (check, rule, severity, at->field->table, at->row, at->index, at->field, words);
}

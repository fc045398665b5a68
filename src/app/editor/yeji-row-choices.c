// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-row-choices"

#include "config.h"

#include "yeji-row-choices.h"

#include <glib/gi18n.h>

#include "yeji-choice.h"
#include "yeji-messages.h"

/* Before the id of a row that has no number yet; no value of a link has it. */
#define ROW_MARK '\n'

/**
 * yeji_row_choices_get_title:
 * @key: what numbers the rows of that table
 *
 * Returns: what a row is called besides its number, "" for nothing
 */
const char *
yeji_row_choices_get_title (YejiRow            *row,
                            const YejiFieldDef *key)
{
  const char *title = yeji_row_get_title (row);

  return title != NULL && !g_str_equal (title, yeji_row_get (row, key)) ? title : "";
}

/* What tells rows of one title apart: the company, the day. */
static char *
describe_row (YejiRow *row)
{
  GPtrArray *fields = yeji_row_get_table (row)->row_details;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);
      g_autofree char *value = yeji_code_to_text (field, yeji_row_get (row, field));

      if (*value != '\0')
        g_string_append_printf (text, "%s%s%s%s", text->len > 0 ? " · " : "", value,
                                field->unit != NULL ? " " : "",
                                field->unit != NULL ? field->unit : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * yeji_row_choices_list:
 * @key: what numbers the rows of the table that is linked to
 *
 * Lists the rows that a link may name. The value of one that has no number yet is a mark, see
 * yeji_row_choices_is_mark().
 *
 * Returns: (transfer full): a model of #YejiChoice
 */
GListModel *
yeji_row_choices_list (YejiRecord         *record,
                       const YejiFieldDef *key)
{
  GListStore *choices = g_list_store_new (YEJI_TYPE_CHOICE);
  guint n = yeji_record_get_n_rows (record, key->table);

  for (guint i = 0; i < n; i++)
    {
      YejiRow *row = yeji_record_get_row (record, key->table, i);
      const char *number = yeji_row_get (row, key);
      const char *title = yeji_row_choices_get_title (row, key);
      g_autofree char *details = describe_row (row);
      g_autofree char *nameless = g_strdup_printf ("%s %u", yeji_label (&key->table->label), i + 1);
      g_autofree char *mark = g_strdup_printf ("%c%s", ROW_MARK, yeji_row_get_id (row));
      g_autoptr (YejiChoice) choice = NULL;

      if (*number != '\0')
        choice = yeji_choice_new_with_details (number, title, number, details);
      else
        choice = yeji_choice_new_with_details (mark, *title != '\0' ? title : nameless,
                                               _("No number yet: fill it in"), details);
      g_list_store_append (choices, choice);
    }
  return G_LIST_MODEL (choices);
}

/**
 * yeji_row_choices_find:
 *
 * Returns: (nullable) (transfer none): the first row with that number
 */
YejiRow *
yeji_row_choices_find (YejiRecord         *record,
                       const YejiFieldDef *key,
                       const char         *number)
{
  for (guint i = 0; *number != '\0' && i < yeji_record_get_n_rows (record, key->table); i++)
    {
      YejiRow *row = yeji_record_get_row (record, key->table, i);

      if (g_str_equal (yeji_row_get (row, key), number))
        return row;
    }
  return NULL;
}

/**
 * yeji_row_choices_make_note:
 * @value: of the link
 *
 * Returns: (transfer full) (nullable): why there is nothing to choose, or nothing is chosen
 */
char *
yeji_row_choices_make_note (YejiRecord         *record,
                            const YejiFieldDef *key,
                            const char         *value)
{
  const char *table = yeji_label (&key->table->label);

  if (*value != '\0' && yeji_row_choices_find (record, key, value) == NULL)
    /* Translators: a number, and a table */
    return g_strdup_printf (_("No row of “%2$s” has the number %1$s."), value, table);
  if (yeji_record_get_n_rows (record, key->table) == 0)
    return g_strdup_printf (_("There is no row of “%s” yet."), table);
  return NULL;
}

/**
 * yeji_row_choices_make_add:
 *
 * Returns: (transfer full): what the button says that adds a row to the table
 */
char *
yeji_row_choices_make_add (const YejiFieldDef *key)
{
  /* Translators: a table; the button adds a row to it */
  return g_strdup_printf (_("New row of “%s”…"), yeji_label (&key->table->label));
}

/**
 * yeji_row_choices_is_mark:
 *
 * Returns: whether a choice stands for a row without a number
 */
gboolean
yeji_row_choices_is_mark (const char *value)
{
  return *value == ROW_MARK;
}

/**
 * yeji_row_choices_find_marked:
 * @mark: for which yeji_row_choices_is_mark() holds
 *
 * Returns: (nullable) (transfer none): the row, unless it has gone
 */
YejiRow *
yeji_row_choices_find_marked (YejiRecord         *record,
                              const YejiFieldDef *key,
                              const char         *mark)
{
  return yeji_record_find_row (record, key->table, mark + 1, NULL);
}

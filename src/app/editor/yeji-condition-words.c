// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Conditions of the dictionary in words. */

#define G_LOG_DOMAIN "yeji-condition-words"

#include "config.h"

#include "yeji-condition-words.h"

#include <glib/gi18n.h>

#include "yeji-messages.h"

/* Longer lists of codes say nothing to anybody. */
#define MAX_VALUES 6

static char *
write_values (const YejiCondition *condition)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = g_strv_length (condition->values);

  for (guint i = 0; i < MIN (n, MAX_VALUES); i++)
    {
      g_autofree char *value = yeji_code_to_text (condition->field, condition->values[i]);

      if (i > 0)
        /* Translators: between the last two values of several, one of which it is */
        g_string_append (text, i + 1 == n ? _(" or ") : _(", "));
      g_string_append (text, value);
    }
  if (n > MAX_VALUES)
    g_string_append (text, "…");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
write_field (const YejiCondition *condition)
{
  const char *label = yeji_label (&condition->field->label);
  g_autofree char *values = NULL;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  switch (condition->kind)
    {
    case YEJI_CONDITION_IN:
      values = write_values (condition);
      return g_strdup_printf (_("“%s” is %s"), label, values);
    case YEJI_CONDITION_NOT_IN:
      values = write_values (condition);
      return g_strdup_printf (_("“%s” is not %s"), label, values);
    case YEJI_CONDITION_ABOVE:
      g_ascii_formatd (number, sizeof number, "%g", condition->above);
      return g_strdup_printf (_("“%s” is above %s"), label, number);
    case YEJI_CONDITION_FILLED:
      return g_strdup_printf (_("“%s” is filled in"), label);
    case YEJI_CONDITION_EMPTY:
      return g_strdup_printf (_("“%s” is empty"), label);
    case YEJI_CONDITION_ROWS:
    case YEJI_CONDITION_ALL:
    case YEJI_CONDITION_ANY:
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

static char *
write_parts (const YejiCondition *condition)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean all = condition->kind == YEJI_CONDITION_ALL;

  for (guint i = 0; i < condition->parts->len; i++)
    {
      const YejiCondition *part = g_ptr_array_index (condition->parts, i);
      g_autofree char *words = yeji_condition_to_words (part);
      gboolean nested = part->kind == YEJI_CONDITION_ALL || part->kind == YEJI_CONDITION_ANY;

      if (i > 0)
        g_string_append (text, all ? _(" and ") : _(", or "));
      g_string_append_printf (text, nested ? _("(%s)") : "%s", words);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * yeji_condition_to_words:
 *
 * Returns: (transfer full): the condition as a part of a sentence that begins with "when"
 */
char *
yeji_condition_to_words (const YejiCondition *condition)
{
  g_autofree char *words = NULL;

  if (condition->kind == YEJI_CONDITION_ALL || condition->kind == YEJI_CONDITION_ANY)
    return write_parts (condition);
  if (condition->kind != YEJI_CONDITION_ROWS)
    return write_field (condition);
  if (condition->parts == NULL || condition->parts->len == 0)
    return g_strdup_printf (_("there is a row of “%s”"), yeji_label (&condition->table->label));
  words = yeji_condition_to_words (g_ptr_array_index (condition->parts, 0));
  /* Translators: a table, and what one of its rows says */
  return g_strdup_printf (_("there is a row of “%s” where %s"), yeji_label (&condition->table->label),
                          words);
}

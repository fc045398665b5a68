// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-condition-text"

#include "config.h"

#include "yeji-condition-text.h"

static void append (GString             *out,
                    const YejiCondition *condition);

static void
append_values (GString             *out,
               const YejiCondition *condition,
               const char          *sign)
{
  g_autofree char *values = g_strjoinv (", ", condition->values);

  g_string_append_printf (out, "%s %s {%s}", condition->field->id, sign, values);
}

static void
append_parts (GString             *out,
              const YejiCondition *condition,
              const char          *word)
{
  for (guint i = 0; i < condition->parts->len; i++)
    {
      if (i > 0)
        g_string_append_printf (out, " %s ", word);
      append (out, g_ptr_array_index (condition->parts, i));
    }
}

static void
append (GString             *out,
        const YejiCondition *condition)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  switch (condition->kind)
    {
    case YEJI_CONDITION_IN:
      append_values (out, condition, "∈");
      break;
    case YEJI_CONDITION_NOT_IN:
      append_values (out, condition, "∉");
      break;
    case YEJI_CONDITION_ABOVE:
      g_ascii_formatd (number, sizeof number, "%g", condition->above);
      g_string_append_printf (out, "%s > %s", condition->field->id, number);
      break;
    case YEJI_CONDITION_FILLED:
      g_string_append_printf (out, "%s filled", condition->field->id);
      break;
    case YEJI_CONDITION_EMPTY:
      g_string_append_printf (out, "%s empty", condition->field->id);
      break;
    case YEJI_CONDITION_ROWS:
      g_string_append_printf (out, "a row in `%s`", condition->table->member);
      if (condition->parts != NULL)
        {
          g_string_append (out, " with ");
          append_parts (out, condition, "and");
        }
      break;
    case YEJI_CONDITION_ALL:
      g_string_append_c (out, '(');
      append_parts (out, condition, "and");
      g_string_append_c (out, ')');
      break;
    case YEJI_CONDITION_ANY:
      g_string_append_c (out, '(');
      append_parts (out, condition, "or");
      g_string_append_c (out, ')');
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * yeji_condition_to_text:
 *
 * Returns: (transfer full): a condition for a reader, such as `TenderTypeNum ∉ {003}`
 */
char *
yeji_condition_to_text (const YejiCondition *condition)
{
  GString *out = g_string_new (NULL);

  append (out, condition);
  return g_string_free (out, FALSE);
}

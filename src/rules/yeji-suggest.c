// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-suggest"

#include "config.h"

#include "yeji-suggest.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "yeji-value.h"

/* 元 typed for 万元, or ㎡ for 万㎡: four places. */
#define PLACES 4

#define REASON_PROJECT "project"
#define REASON_TEN_THOUSANDTH "ten_thousandth"

/* What the rules offer, which the normaliser cannot know from the text alone. */
static const struct
{
  const char *word;
  const char *sentence;
} reasons[] = {
  { REASON_PROJECT, N_("What the project's own information says") },
  { REASON_TEN_THOUSANDTH, N_("A ten-thousandth: the number seems to be in a unit that is ten "
                              "thousand times smaller") },
};

/* Moves the point, on the digits themselves: a double would add digits that nobody typed. */
static char *
divide_by_ten_thousand (const char *text)
{
  const char *sign = *text == '-' ? "-" : "";
  const char *digits = text + strlen (sign);
  const char *point = strchr (digits, '.');
  gsize n_before = point != NULL ? (gsize) (point - digits) : strlen (digits);
  gsize start = 0;
  g_autofree char *zeros = g_strnfill (PLACES, '0');
  g_autoptr (GString) all = g_string_new (zeros);

  g_string_append_len (all, digits, (gssize) n_before);
  g_string_insert_c (all, (gssize) n_before, '.');
  if (point != NULL)
    g_string_append (all, point + 1);
  while (all->str[all->len - 1] == '0')
    g_string_truncate (all, all->len - 1);
  if (all->str[all->len - 1] == '.')
    g_string_truncate (all, all->len - 1);
  while (all->str[start] == '0' && g_ascii_isdigit (all->str[start + 1]))
    start++;
  return g_strconcat (sign, all->str + start, NULL);
}

static void
prepend (GPtrArray  *found,
         const char *value,
         const char *reason)
{
  YejiSuggestion *suggestion = g_new0 (YejiSuggestion, 1);

  for (guint i = found->len; i > 0; i--)
    if (g_str_equal (((YejiSuggestion *) g_ptr_array_index (found, i - 1))->value, value))
      g_ptr_array_remove_index (found, i - 1);
  suggestion->value = g_strdup (value);
  suggestion->reason = reason;
  g_ptr_array_insert (found, 0, suggestion);
}

/* What the project says, where the two must be the same. */
static void
offer_project (GPtrArray          *found,
               YejiNormaliser     *normaliser,
               YejiRecord         *record,
               const YejiFieldDef *field,
               const char         *text)
{
  const char *value;

  if (field->inherits == NULL)
    return;
  value = yeji_record_get_effective (record, yeji_record_get_project (record), field->inherits);
  if (*value != '\0' && !g_str_equal (value, text)
      && yeji_normaliser_accepts (normaliser, field, value))
    prepend (found, value, REASON_PROJECT);
}

/* A number that is far too large is offered in the field's unit, if that would be plausible.
 * Decimals that the field does not hold are rounded, as the normaliser does it. */
static void
offer_ten_thousandth (GPtrArray          *found,
                      YejiNormaliser     *normaliser,
                      const YejiFieldDef *field,
                      const char         *text,
                      const YejiRule     *rule,
                      YejiProblem        *problem)
{
  g_autoptr (GPtrArray) rounded = NULL;
  g_autofree char *value = NULL;
  YejiNumber number, other;
  double ratio;

  if (!yeji_number_parse (text, &number) || number.value <= 0
      || !yeji_number_parse (yeji_problem_get_other (problem), &other) || other.value <= 0)
    return;
  value = divide_by_ten_thousand (text);
  if (!yeji_normaliser_accepts (normaliser, field, value))
    {
      rounded = yeji_normaliser_offer (normaliser, field, value);
      if (rounded->len == 0)
        return;
      g_free (value);
      value = g_strdup (((YejiSuggestion *) g_ptr_array_index (rounded, 0))->value);
    }
  if (!yeji_number_parse (value, &number))
    return;
  ratio = number.value / other.value;
  if (ratio >= rule->min && ratio <= rule->max)
    prepend (found, value, REASON_TEN_THOUSANDTH);
}

/**
 * yeji_suggest:
 * @row: a row of @record
 * @field: a field of the row's table
 * @problem: (nullable): what is wrong with the value
 *
 * Offers ways to write a value right: what the broken rule knows of it first, then what the
 * normaliser makes of the text. Nothing is changed.
 *
 * Returns: (transfer full) (element-type YejiSuggestion): the best first; none if nothing is sure
 */
GPtrArray *
yeji_suggest (YejiNormaliser     *normaliser,
              YejiRecord         *record,
              YejiRow            *row,
              const YejiFieldDef *field,
              YejiProblem        *problem)
{
  const char *text = yeji_row_get (row, field);
  GPtrArray *found = yeji_normaliser_offer (normaliser, field, text);
  const YejiRule *rule = NULL;

  if (problem != NULL)
    rule = yeji_dictionary_find_rule (yeji_record_get_dictionary (record),
                                      yeji_problem_get_rule (problem));
  if (rule == NULL || *text == '\0' || field->by_platform)
    return found;
  if (rule->kind == YEJI_RULE_INHERIT)
    offer_project (found, normaliser, record, field, text);
  else if (rule->kind == YEJI_RULE_BAND)
    offer_ten_thousandth (found, normaliser, field, text, rule, problem);
  return found;
}

/**
 * yeji_suggest_describe:
 * @reason: of a suggestion of yeji_suggest()
 *
 * Returns: (transfer none): why it is offered, in the user's language
 */
const char *
yeji_suggest_describe (const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (reasons[i].word, reason))
      return _(reasons[i].sentence);
  return yeji_normaliser_describe (reason);
}

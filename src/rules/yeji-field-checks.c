// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The rules that look at one value at a time. docs/dictionary-format.md says what each kind means.
 * The plan calls them only for fields that they are about, and all but mandatory only for values
 * that are not empty. */

#define G_LOG_DOMAIN "yeji-check"

#include "config.h"

#include "yeji-check-digit.h"
#include "yeji-check.h"
#include "yeji-pattern.h"
#include "yeji-value.h"

#include <math.h>
#include <string.h>

/**
 * yeji_check_asks:
 * @rule: one that something is mandatory, and that applies to @row
 *
 * Returns: whether there must be a value
 */
gboolean
yeji_check_asks (YejiCheck          *check,
                 const YejiRule     *rule,
                 YejiRow            *row,
                 const YejiFieldDef *field)
{
  return rule->fields->len > 0 || field->required != YEJI_REQUIRED_CONDITIONAL
         || yeji_condition_holds (field->required_when, check->record, row);
}

void
yeji_check_mandatory (YejiCheck       *check,
                      const YejiRule  *rule,
                      const YejiVisit *at)
{
  if (*at->value == '\0' && yeji_check_asks (check, rule, at->row, at->field))
    yeji_check_report_value (check, rule, at, NULL);
}

void
yeji_check_length (YejiCheck       *check,
                   const YejiRule  *rule,
                   const YejiVisit *at)
{
  guint limit = yeji_dictionary_get_limits (check->dictionary)->text;
  g_autofree char *words = NULL;

  if (at->field->length > 0)
    limit = MIN (limit, at->field->length);
  if (strlen (at->value) <= limit || g_utf8_strlen (at->value, -1) <= (glong) limit)
    return;
  words = g_strdup_printf ("%u", limit);
  yeji_check_report_value (check, rule, at, &(YejiMessageWords) { .limit = words });
}

/* Control characters, and those that change the order of what is shown or cannot be seen at all
 * (UAX #9, UTR #36): a name must be what it looks like. */
static gboolean
is_unseen (gunichar character,
           gboolean lines)
{
  return (character < 0x20 && !(lines && character == '\n'))
         || (character >= 0x7f && character < 0xa0)
         || character == 0xad || character == 0x61c || character == 0xfeff
         || (character >= 0x200b && character <= 0x200f)
         || (character >= 0x2028 && character <= 0x202e)
         || (character >= 0x2060 && character <= 0x206f)
         || (character & 0xfffe) == 0xfffe
         || (character >= 0xfdd0 && character <= 0xfdef)
         || (character >= 0xe0000 && character <= 0xe0fff);
}


/**
 * yeji_check_find_unseen:
 * @lines: whether a line feed is a letter
 *
 * Returns: (nullable): the first character of @text that nobody can see
 */
const char *
yeji_check_find_unseen (const char *text,
                        gboolean    lines)
{
  while (TRUE)
    {
      const guchar byte = (guchar) *text;

      if (byte >= 0x20 && byte < 0x7f)
        text++;
      else if (byte >= 0xe3 && byte <= 0xed)                   /* of ideographs, and none of those */
        text += 3;
      else if (byte == '\0')
        return NULL;
      else if (is_unseen (g_utf8_get_char (text), lines))
        return text;
      else
        text = g_utf8_next_char (text);
    }
}

void
yeji_check_characters (YejiCheck       *check,
                       const YejiRule  *rule,
                       const YejiVisit *at)
{
  const char *unseen = yeji_check_find_unseen (at->value,
                                               at->field->kind == YEJI_FIELD_LONG_TEXT);
  char code[16];

  if (unseen == NULL)
    return;
  g_snprintf (code, sizeof code, "U+%04X", g_utf8_get_char (unseen));
  yeji_check_report_value (check, rule, at, &(YejiMessageWords) { .limit = code });
}

static char *
describe_range (const YejiFieldDef *field)
{
  double widest = pow (10, field->precision - field->scale) - pow (10, -(double) field->scale);
  double min = MAX (field->min, -widest);
  double max = MIN (field->max, widest);

  return g_strdup_printf ("%.*f – %.*f", (int) field->scale, min, (int) field->scale, max);
}

void
yeji_check_number (YejiCheck       *check,
                   const YejiRule  *rule,
                   const YejiVisit *at)
{
  g_autofree char *range = NULL;
  YejiNumber number;

  if (yeji_number_parse (at->value, &number)
      && number.digits <= at->field->precision - at->field->scale
      && number.decimals <= at->field->scale
      && number.value >= at->field->min && number.value <= at->field->max)
    return;
  range = describe_range (at->field);
  yeji_check_report_value (check, rule, at, &(YejiMessageWords) { .limit = range });
}

void
yeji_check_date (YejiCheck       *check,
                 const YejiRule  *rule,
                 const YejiVisit *at)
{
  GDate date;

  if (!yeji_date_parse (at->value, &date))
    yeji_check_report_value (check, rule, at, NULL);
}

void
yeji_check_code (YejiCheck       *check,
                 const YejiRule  *rule,
                 const YejiVisit *at)
{
  if (yeji_code_list_find (at->field->codes, at->value) == NULL)
    yeji_check_report_value (check, rule, at, NULL);
}

static gboolean
fits (const YejiFormat *format,
      const char       *value)
{
  if (format->pattern != NULL)
    return yeji_pattern_fits (format->pattern, value);
  return yeji_algorithm_accepts (format->algorithm, value);
}

void
yeji_check_format (YejiCheck       *check,
                   const YejiRule  *rule,
                   const YejiVisit *at)
{
  gboolean fit = TRUE;

  if (rule->fields->len == 0)
    fit = fits (at->field->format, at->value);
  for (guint i = 0; fit && rule->fields->len > 0 && i < rule->formats->len; i++)
    fit = fits (g_ptr_array_index (rule->formats, i), at->value);
  if (!fit)
    yeji_check_report_value (check, rule, at, NULL);
}

void
yeji_check_not_future (YejiCheck       *check,
                       const YejiRule  *rule,
                       const YejiVisit *at)
{
  GDate date;

  if (yeji_date_parse (at->value, &date) && g_date_compare (&date, &check->today) > 0)
    yeji_check_report_value (check, rule, at, NULL);
}

void
yeji_check_inherit (YejiCheck       *check,
                    const YejiRule  *rule,
                    const YejiVisit *at)
{
  const char *root = yeji_check_value (check, yeji_record_get_project (check->record),
                                       at->field->inherits);

  if (!g_str_equal (at->value, root))
    yeji_check_report_value (check, rule, at, &(YejiMessageWords) { .other_value = root });
}

static gboolean
has_value (YejiCheck          *check,
           const YejiFieldDef *field,
           const char         *value)
{
  for (guint i = 0; i < yeji_record_get_n_rows (check->record, field->table); i++)
    {
      YejiRow *row = yeji_record_get_row (check->record, field->table, i);

      if (g_str_equal (yeji_check_value (check, row, field), value))
        return TRUE;
    }
  return FALSE;
}

void
yeji_check_link (YejiCheck       *check,
                 const YejiRule  *rule,
                 const YejiVisit *at)
{
  const YejiFieldDef *key = at->field->link;

  if (!has_value (check, key, at->value))
    yeji_check_report_value (check, rule, at, &(YejiMessageWords) {
                               .other = yeji_text_get (&key->table->label, check->language),
                             });
}

/* Which of the rules speaks is a matter of how sure the answer is. */
void
yeji_check_declared (YejiCheck       *check,
                     const YejiRule  *rule,
                     const YejiVisit *at)
{
  g_autofree char *system = NULL;
  g_autofree char *name = NULL;
  YejiDeclaredAnswer answer;

  if (check->declared == NULL)
    return;
  answer = yeji_declared_look_up (check->declared, yeji_record_get_uuid (check->record), at->value,
                                  check->language, &system, &name);
  if (answer == (rule->probable ? YEJI_DECLARED_PROBABLY : YEJI_DECLARED_YES))
    yeji_check_report_value (check, rule, at, &(YejiMessageWords) {
                               .other = system, .other_value = name,
                             });
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The rules that look at one value at a time. docs/dictionary-format.md says what each kind means. */

#define G_LOG_DOMAIN "yeji-check"

#include "config.h"

#include "yeji-check-digit.h"
#include "yeji-check.h"
#include "yeji-value.h"

#include <math.h>

static gboolean
is_mandatory (YejiCheck          *check,
              YejiRow            *row,
              const YejiFieldDef *field)
{
  const YejiFieldDef *on;

  if (field->by_platform || field->inherits != NULL || field->assigned)
    return FALSE;
  if (field->required == YEJI_REQUIRED_MANDATORY)
    return TRUE;
  if (field->required != YEJI_REQUIRED_CONDITIONAL || field->required_when == NULL)
    return FALSE;
  on = yeji_table_def_find_field (field->table, field->required_when->field);
  return yeji_condition_holds (field->required_when, yeji_check_value (check, row, on));
}

void
yeji_check_mandatory (YejiCheck       *check,
                      const YejiRule  *rule,
                      const YejiVisit *at)
{
  gboolean named = rule->fields->len > 0;

  if (*at->value != '\0' || (!named && g_hash_table_contains (check->claimed, at->field))
      || (!named && !is_mandatory (check, at->row, at->field)))
    return;
  yeji_check_report_value (check, rule, rule->severity, at, NULL);
}

/* A line feed is a letter of a long text; everything else below U+0020, and U+007F, is of no use
 * to anybody, and NUL cannot come this far. */
static gboolean
has_control_character (const char *text,
                       gboolean    lines)
{
  for (; *text != '\0'; text++)
    if (g_ascii_iscntrl (*text) && !(lines && *text == '\n'))
      return TRUE;
  return FALSE;
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
  if (g_utf8_strlen (at->value, -1) <= (glong) limit
      && !has_control_character (at->value, at->field->kind == YEJI_FIELD_LONG_TEXT))
    return;
  words = g_strdup_printf ("%u", limit);
  yeji_check_report_value (check, rule, rule->severity, at,
                           &(YejiMessageWords) { .limit = words });
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

  if (at->field->kind != YEJI_FIELD_NUMBER || *at->value == '\0')
    return;
  if (yeji_number_parse (at->value, &number)
      && number.digits <= at->field->precision - at->field->scale
      && number.decimals <= at->field->scale && number.value >= at->field->min && number.value <= at->field->max)
    return;
  range = describe_range (at->field);
  yeji_check_report_value (check, rule, rule->severity, at,
                           &(YejiMessageWords) { .limit = range });
}

void
yeji_check_date (YejiCheck       *check,
                 const YejiRule  *rule,
                 const YejiVisit *at)
{
  GDate date;

  if (at->field->kind == YEJI_FIELD_DATE && *at->value != '\0'
      && !yeji_date_parse (at->value, &date))
    yeji_check_report_value (check, rule, rule->severity, at, NULL);
}

void
yeji_check_code (YejiCheck       *check,
                 const YejiRule  *rule,
                 const YejiVisit *at)
{
  YejiSeverity severity = rule->severity;

  if (at->field->kind != YEJI_FIELD_CODE || *at->value == '\0'
      || yeji_code_list_find (at->field->codes, at->value) != NULL)
    return;
  if (at->field->codes->lenient)
    severity = MIN (severity, YEJI_SEVERITY_WARNING);
  yeji_check_report_value (check, rule, severity, at, NULL);
}

static gboolean
fits (const YejiFormat *format,
      const char       *value)
{
  if (format->pattern != NULL)
    return g_regex_match (format->pattern, value, 0, NULL);
  return yeji_algorithm_accepts (format->algorithm, value);
}

void
yeji_check_format (YejiCheck       *check,
                   const YejiRule  *rule,
                   const YejiVisit *at)
{
  gboolean fit = TRUE;

  if (*at->value == '\0')
    return;
  if (rule->fields->len > 0)
    for (guint i = 0; fit && i < rule->formats->len; i++)
      fit = fits (g_ptr_array_index (rule->formats, i), at->value);
  else if (at->field->format != NULL
           && (rule->formats->len == 0
               || g_ptr_array_find (rule->formats, at->field->format, NULL)))
    fit = fits (at->field->format, at->value);
  if (!fit)
    yeji_check_report_value (check, rule, rule->severity, at, NULL);
}

void
yeji_check_not_future (YejiCheck       *check,
                       const YejiRule  *rule,
                       const YejiVisit *at)
{
  GDate date;

  if (at->field->kind == YEJI_FIELD_DATE && yeji_date_parse (at->value, &date)
      && g_date_compare (&date, &check->today) > 0)
    yeji_check_report_value (check, rule, rule->severity, at, NULL);
}

void
yeji_check_inherit (YejiCheck       *check,
                    const YejiRule  *rule,
                    const YejiVisit *at)
{
  const char *root;

  if (at->field->inherits == NULL)
    return;
  root = yeji_check_value (check, yeji_record_get_project (check->record), at->field->inherits);
  if (!g_str_equal (at->value, root))
    yeji_check_report_value (check, rule, rule->severity, at,
                           &(YejiMessageWords) { .other_value = root });
}

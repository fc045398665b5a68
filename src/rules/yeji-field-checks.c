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

static void
check_mandatory (YejiCheck          *check,
                 const YejiRule     *rule,
                 YejiRow            *row,
                 guint               index,
                 const YejiFieldDef *field,
                 const char         *value)
{
  gboolean named = rule->fields->len > 0;

  if (*value != '\0' || (!named && g_hash_table_contains (check->claimed, field))
      || (!named && !is_mandatory (check, row, field)))
    return;
  yeji_check_report (check, rule, rule->severity, field->table, row, index, field, NULL);
}

void
yeji_check_mandatory (YejiCheck      *check,
                      const YejiRule *rule)
{
  yeji_check_each_value (check, rule, check_mandatory);
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

static void
check_length (YejiCheck          *check,
              const YejiRule     *rule,
              YejiRow            *row,
              guint               index,
              const YejiFieldDef *field,
              const char         *value)
{
  guint limit = yeji_dictionary_get_limits (check->dictionary)->text;
  g_autofree char *words = NULL;

  if (field->length > 0)
    limit = MIN (limit, field->length);
  if (g_utf8_strlen (value, -1) <= (glong) limit
      && !has_control_character (value, field->kind == YEJI_FIELD_LONG_TEXT))
    return;
  words = g_strdup_printf ("%u", limit);
  yeji_check_report (check, rule, rule->severity, field->table, row, index, field,
                     &(YejiMessageWords) { .limit = words });
}

void
yeji_check_length (YejiCheck      *check,
                   const YejiRule *rule)
{
  yeji_check_each_value (check, rule, check_length);
}

static char *
describe_range (const YejiFieldDef *field)
{
  double widest = pow (10, field->precision - field->scale) - pow (10, -(double) field->scale);
  double min = MAX (field->min, -widest);
  double max = MIN (field->max, widest);

  return g_strdup_printf ("%.*f – %.*f", (int) field->scale, min, (int) field->scale, max);
}

static void
check_number (YejiCheck          *check,
              const YejiRule     *rule,
              YejiRow            *row,
              guint               index,
              const YejiFieldDef *field,
              const char         *value)
{
  g_autofree char *range = NULL;
  YejiNumber number;

  if (field->kind != YEJI_FIELD_NUMBER || *value == '\0')
    return;
  if (yeji_number_parse (value, &number)
      && number.digits <= field->precision - field->scale && number.decimals <= field->scale
      && number.value >= field->min && number.value <= field->max)
    return;
  range = describe_range (field);
  yeji_check_report (check, rule, rule->severity, field->table, row, index, field,
                     &(YejiMessageWords) { .limit = range });
}

void
yeji_check_number (YejiCheck      *check,
                   const YejiRule *rule)
{
  yeji_check_each_value (check, rule, check_number);
}

static void
check_date (YejiCheck          *check,
            const YejiRule     *rule,
            YejiRow            *row,
            guint               index,
            const YejiFieldDef *field,
            const char         *value)
{
  GDate date;

  if (field->kind == YEJI_FIELD_DATE && *value != '\0' && !yeji_date_parse (value, &date))
    yeji_check_report (check, rule, rule->severity, field->table, row, index, field, NULL);
}

void
yeji_check_date (YejiCheck      *check,
                 const YejiRule *rule)
{
  yeji_check_each_value (check, rule, check_date);
}

static void
check_code (YejiCheck          *check,
            const YejiRule     *rule,
            YejiRow            *row,
            guint               index,
            const YejiFieldDef *field,
            const char         *value)
{
  YejiSeverity severity = rule->severity;

  if (field->kind != YEJI_FIELD_CODE || *value == '\0'
      || yeji_code_list_find (field->codes, value) != NULL)
    return;
  if (field->codes->lenient)
    severity = MIN (severity, YEJI_SEVERITY_WARNING);
  yeji_check_report (check, rule, severity, field->table, row, index, field, NULL);
}

void
yeji_check_code (YejiCheck      *check,
                 const YejiRule *rule)
{
  yeji_check_each_value (check, rule, check_code);
}

static gboolean
fits (const YejiFormat *format,
      const char       *value)
{
  if (format->pattern != NULL)
    return g_regex_match (format->pattern, value, 0, NULL);
  return yeji_algorithm_accepts (format->algorithm, value);
}

static void
check_format (YejiCheck          *check,
              const YejiRule     *rule,
              YejiRow            *row,
              guint               index,
              const YejiFieldDef *field,
              const char         *value)
{
  gboolean fit = TRUE;

  if (*value == '\0')
    return;
  if (rule->fields->len > 0)
    for (guint i = 0; fit && i < rule->formats->len; i++)
      fit = fits (g_ptr_array_index (rule->formats, i), value);
  else if (field->format != NULL
           && (rule->formats->len == 0 || g_ptr_array_find (rule->formats, field->format, NULL)))
    fit = fits (field->format, value);
  if (!fit)
    yeji_check_report (check, rule, rule->severity, field->table, row, index, field, NULL);
}

void
yeji_check_format (YejiCheck      *check,
                   const YejiRule *rule)
{
  yeji_check_each_value (check, rule, check_format);
}

static void
check_not_future (YejiCheck          *check,
                  const YejiRule     *rule,
                  YejiRow            *row,
                  guint               index,
                  const YejiFieldDef *field,
                  const char         *value)
{
  GDate date;

  if (field->kind == YEJI_FIELD_DATE && yeji_date_parse (value, &date)
      && g_date_compare (&date, &check->today) > 0)
    yeji_check_report (check, rule, rule->severity, field->table, row, index, field, NULL);
}

void
yeji_check_not_future (YejiCheck      *check,
                       const YejiRule *rule)
{
  yeji_check_each_value (check, rule, check_not_future);
}

static void
check_inherit (YejiCheck          *check,
               const YejiRule     *rule,
               YejiRow            *row,
               guint               index,
               const YejiFieldDef *field,
               const char         *value)
{
  const char *root;

  if (field->inherits == NULL)
    return;
  root = yeji_check_value (check, yeji_record_get_project (check->record), field->inherits);
  if (!g_str_equal (value, root))
    yeji_check_report (check, rule, rule->severity, field->table, row, index, field,
                       &(YejiMessageWords) { .other_value = root });
}

void
yeji_check_inherit (YejiCheck      *check,
                    const YejiRule *rule)
{
  yeji_check_each_value (check, rule, check_inherit);
}

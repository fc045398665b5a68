// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* Which records count for an application, and what they add up to. Pure: the client, offline, and
 * the province say the same. */

#define G_LOG_DOMAIN "yeji-qualify"

#include "config.h"

#include "yeji-qualify.h"

#include <math.h>
#include <string.h>

#include "yeji-value.h"

#define REQUIREMENT "requirement"

static void
free_reason (gpointer data)
{
  YejiQualifyReason *reason = data;

  yeji_text_clear (&reason->text);
  g_free (reason);
}

static char *
expand (const char *pattern,
        const char *name,
        const char *value,
        const char *limit)
{
  GString *text = g_string_new (pattern);

  /* the last one first: what is put in is not looked at again */
  if (limit != NULL)
    g_string_replace (text, "{limit}", limit, 0);
  if (value != NULL)
    g_string_replace (text, name, value, 0);
  return g_string_free (text, FALSE);
}

static YejiQualifyReason *
add_reason (GPtrArray               *reasons,
            YejiDictionary          *dictionary,
            YejiQualificationReason  kind)
{
  const YejiQualifications *part = yeji_dictionary_get_qualifications (dictionary);
  YejiQualifyReason *reason = g_new0 (YejiQualifyReason, 1);

  reason->id = yeji_qualification_reason_to_text (kind);
  for (guint i = 0; i < N_YEJI_LANGUAGES; i++)
    reason->text.in[i] = g_strdup (yeji_text_get (&part->reasons[kind], (YejiLanguage) i));
  g_ptr_array_add (reasons, reason);
  return reason;
}

static void
fill (YejiQualifyReason *reason,
      YejiLanguage       language,
      const char        *name,
      const char        *value,
      const char        *limit)
{
  char *text = expand (reason->text.in[language], name, value, limit);

  g_free (reason->text.in[language]);
  reason->text.in[language] = text;
}

static void
check_grade (GPtrArray               *reasons,
             YejiDictionary          *dictionary,
             const YejiQualification *kind,
             const char              *grade)
{
  g_autofree char *limit = g_strjoinv (" ", kind->grades);
  YejiQualifyReason *reason;

  if (grade != NULL && g_strv_contains ((const char * const *) kind->grades, grade))
    return;
  reason = add_reason (reasons, dictionary, YEJI_QUALIFICATION_GRADE);
  for (guint i = 0; i < N_YEJI_LANGUAGES; i++)
    fill (reason, (YejiLanguage) i, "{value}", grade != NULL ? grade : "–", limit);
}

static char *
list_roles (const YejiQualification *kind,
            YejiLanguage             language)
{
  static const char * const separators[N_YEJI_LANGUAGES] = {
    [YEJI_LANGUAGE_ZH] = "、", [YEJI_LANGUAGE_EN] = ", ",
  };
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < kind->roles->len; i++)
    {
      const YejiRole *role = g_ptr_array_index (kind->roles, i);

      g_string_append_printf (list, "%s%s", i > 0 ? separators[language] : "",
                              yeji_text_get (&role->label, language));
    }
  return g_string_free (list, FALSE);
}

static void
check_role (GPtrArray               *reasons,
            YejiDictionary          *dictionary,
            const YejiQualification *kind,
            YejiRecord              *record)
{
  const char *id = yeji_record_get_role (record);
  const YejiRole *role = id != NULL ? yeji_dictionary_find_role (dictionary, id) : NULL;
  YejiQualifyReason *reason;

  if (role != NULL && g_ptr_array_find (kind->roles, role, NULL))
    return;
  reason = add_reason (reasons, dictionary, YEJI_QUALIFICATION_ROLE);
  for (guint i = 0; i < N_YEJI_LANGUAGES; i++)
    {
      g_autofree char *limit = list_roles (kind, (YejiLanguage) i);

      fill (reason, (YejiLanguage) i, "{value}",
            role != NULL ? yeji_text_get (&role->label, (YejiLanguage) i) : "–", limit);
    }
}

static void
check_tables (GPtrArray               *reasons,
              YejiDictionary          *dictionary,
              const YejiQualification *kind,
              YejiRecord              *record)
{
  for (guint i = 0; i < kind->needs->len; i++)
    {
      const YejiTableNeed *need = &g_array_index (kind->needs, YejiTableNeed, i);
      YejiQualifyReason *reason;

      if (yeji_record_get_n_rows (record, need->table) >= need->min)
        continue;
      reason = add_reason (reasons, dictionary, YEJI_QUALIFICATION_TABLE);
      for (guint j = 0; j < N_YEJI_LANGUAGES; j++)
        fill (reason, (YejiLanguage) j, "{table}",
              yeji_text_get (&need->table->label, (YejiLanguage) j), NULL);
    }
}

static void
check_requirements (GPtrArray               *reasons,
                    const YejiQualification *kind,
                    YejiRecord              *record)
{
  for (guint i = 0; i < kind->requirements->len; i++)
    {
      const YejiRequirement *requirement = g_ptr_array_index (kind->requirements, i);
      YejiQualifyReason *reason;

      if (yeji_condition_holds (requirement->where, record, yeji_record_get_project (record)))
        continue;
      reason = g_new0 (YejiQualifyReason, 1);
      reason->id = REQUIREMENT;
      for (guint j = 0; j < N_YEJI_LANGUAGES; j++)
        reason->text.in[j] = g_strdup (yeji_text_get (&requirement->reason, (YejiLanguage) j));
      g_ptr_array_add (reasons, reason);
    }
}

/**
 * yeji_qualify_list_reasons:
 * @kind: of @dictionary
 * @record: (nullable): of @dictionary; without one, only what the province says of it is judged
 * @grade: (nullable): which the province gave it
 *
 * Says why a record does not count for an application of this kind. Where the province does not
 * stand behind it, or it is of another role, that is all there is to say.
 *
 * Returns: (transfer full) (element-type YejiQualifyReason): empty when it may be ticked
 */
GPtrArray *
yeji_qualify_list_reasons (YejiDictionary          *dictionary,
                           const YejiQualification *kind,
                           YejiRecord              *record,
                           YejiUseStanding             standing,
                           const char              *grade)
{
  GPtrArray *reasons = g_ptr_array_new_with_free_func (free_reason);

  g_return_val_if_fail (YEJI_IS_DICTIONARY (dictionary), reasons);
  g_return_val_if_fail (kind != NULL, reasons);

  if (standing == YEJI_STANDING_REVOKED)
    add_reason (reasons, dictionary, YEJI_QUALIFICATION_REVOKED);
  else if (standing != YEJI_STANDING_APPROVED)
    add_reason (reasons, dictionary, YEJI_QUALIFICATION_NOT_APPROVED);
  else
    check_grade (reasons, dictionary, kind, grade);
  if (record != NULL)
    check_role (reasons, dictionary, kind, record);
  if (reasons->len > 0 || record == NULL)
    return reasons;
  check_tables (reasons, dictionary, kind, record);
  check_requirements (reasons, kind, record);
  return reasons;
}

/**
 * yeji_use_standing_from_state:
 * @state: (nullable): as the province calls it
 *
 * Returns: what it means for lists
 */
YejiUseStanding
yeji_use_standing_from_state (const char *state)
{
  static const struct
  {
    const char *state;
    YejiUseStanding standing;
  } standings[] = {
    { "approved", YEJI_STANDING_APPROVED },
    { "revoked", YEJI_STANDING_REVOKED },
    { "withdrawn", YEJI_STANDING_REVOKED },
    { "removed", YEJI_STANDING_REVOKED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (standings); i++)
    if (g_strcmp0 (standings[i].state, state) == 0)
      return standings[i].standing;
  return YEJI_STANDING_OPEN;
}

static double
add_one (const YejiIndicator *indicator,
         double               total,
         double               value)
{
  return indicator->way == YEJI_INDICATOR_MAX ? MAX (total, value) : total + value;
}

static double
measure (const YejiIndicator *indicator,
         YejiRecord          *record)
{
  YejiDictionary *dictionary = yeji_record_get_dictionary (record);
  const YejiTableDef *table = indicator->field != NULL ? indicator->field->table
                                                       : yeji_dictionary_get_root (dictionary);
  const guint n = yeji_record_get_n_rows (record, table);
  double total = 0;

  for (guint i = 0; i < n; i++)
    {
      YejiRow *row = yeji_record_get_row (record, table, i);
      const char *text = NULL;
      YejiNumber number = { .value = 1 };

      if (indicator->where != NULL && !yeji_condition_holds (indicator->where, record, row))
        continue;
      if (indicator->field != NULL)
        {
          text = yeji_record_get_effective (record, row, indicator->field);
          if (text == NULL || yeji_dictionary_is_empty_value (dictionary, text))
            continue;
          if (indicator->way != YEJI_INDICATOR_COUNT && !yeji_number_parse (text, &number))
            continue;
        }
      total = add_one (indicator, total, number.value);
    }
  return total;
}

/**
 * yeji_qualify_measure:
 * @values: (out caller-allocates): one an indicator of @kind
 *
 * Tells what a record brings to each indicator. What is empty or no number brings nothing.
 */
void
yeji_qualify_measure (const YejiQualification *kind,
                      YejiRecord              *record,
                      double                  *values)
{
  g_return_if_fail (kind != NULL);
  g_return_if_fail (YEJI_IS_RECORD (record));

  for (guint i = 0; i < kind->indicators->len; i++)
    values[i] = measure (g_ptr_array_index (kind->indicators, i), record);
}

/**
 * yeji_qualify_add:
 * @totals: (inout): one an indicator, 0 at first
 * @values: what a record brings
 *
 * Adds a record to the totals.
 */
void
yeji_qualify_add (const YejiQualification *kind,
                  double                  *totals,
                  const double            *values)
{
  for (guint i = 0; i < kind->indicators->len; i++)
    totals[i] = add_one (g_ptr_array_index (kind->indicators, i), totals[i], values[i]);
}

/**
 * yeji_indicator_print:
 *
 * Returns: (transfer full): the figure, rounded to the decimals of its field, without those at its
 *   end that are 0 and without the unit
 */
char *
yeji_indicator_print (const YejiIndicator *indicator,
                      double               value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE + 320];
  char format[16];
  guint decimals = indicator->way != YEJI_INDICATOR_COUNT && indicator->field != NULL
                     ? MIN (indicator->field->scale, 9) : 0;

  g_snprintf (format, sizeof format, "%%.%uf", decimals);
  g_ascii_formatd (text, sizeof text, format, isfinite (value) ? value : 0);
  if (decimals > 0)
    {
      char *end = text + strlen (text);

      while (end[-1] == '0')
        *--end = '\0';
      if (end[-1] == '.')
        end[-1] = '\0';
    }
  return g_strdup (text);
}

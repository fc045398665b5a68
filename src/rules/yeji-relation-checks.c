// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* The rules that hold a value against those that belong to it: of the same row, of the project, or
 * of the rows of another table. docs/dictionary-format.md says what each kind means.
 *
 * Where several values belong to one, a single one that agrees is enough: a permit may follow any
 * of several awards. What is empty or cannot be read is another rule's business. */

#define G_LOG_DOMAIN "yeji-check"

#include "config.h"

#include "yeji-check.h"
#include "yeji-value.h"

#include <math.h>
#include <string.h>

/* A value, and what it is worth as a number or a day; NAN where it is worth nothing. */
typedef struct
{
  const YejiFieldDef *field;
  const char *text;
  double worth;
} Term;

typedef gboolean (*AgreeFunc) (const YejiRule *rule,
                               const Term     *first,
                               const Term     *second);

static Term
read_term (YejiCheck          *check,
           YejiRow            *row,
           const YejiFieldDef *field)
{
  Term term = { field, yeji_check_value (check, row, field), NAN };
  YejiNumber number;
  GDate date;

  if (field->kind == YEJI_FIELD_NUMBER && yeji_number_parse (term.text, &number))
    term.worth = number.value;
  else if (field->kind == YEJI_FIELD_DATE && yeji_date_parse (term.text, &date))
    term.worth = g_date_get_julian (&date);
  return term;
}

/* Numbers and dates must be readable; any other text need only be there. */
static gboolean
is_readable (const Term *term)
{
  if (term->field->kind == YEJI_FIELD_NUMBER || term->field->kind == YEJI_FIELD_DATE)
    return !isnan (term->worth);
  return *term->text != '\0';
}

/* Rows belong together where the two fields of the rule's via agree; a row that does not say yet
 * where it belongs may belong anywhere. */
static gboolean
belongs (YejiCheck      *check,
         const YejiRule *rule,
         YejiRow        *row,
         YejiRow        *other)
{
  const char *a, *b;

  if (rule->where != NULL && !yeji_condition_holds (rule->where, check->record, other))
    return FALSE;
  if (rule->via[0] == NULL)
    return TRUE;
  a = yeji_check_value (check, row, rule->via[0]);
  b = yeji_check_value (check, other, rule->via[1]);
  return *a == '\0' || *b == '\0' || g_str_equal (a, b);
}

/* Calls for each row whose values belong to @row: itself, the project, or those of another table;
 * until it says that this is enough. */
typedef gboolean (*RowFunc) (YejiCheck          *check,
                             YejiRow            *row,
                             const YejiFieldDef *field,
                             gpointer            data);

static void
each_row (YejiCheck          *check,
          const YejiRule     *rule,
          YejiRow            *row,
          const YejiFieldDef *field,
          RowFunc             func,
          gpointer            data)
{
  if (field->table == yeji_row_get_table (row))
    {
      func (check, row, field, data);
      return;
    }
  for (guint i = 0; i < yeji_record_get_n_rows (check->record, field->table); i++)
    {
      YejiRow *other = yeji_record_get_row (check->record, field->table, i);

      if (belongs (check, rule, row, other) && !func (check, other, field, data))
        return;
    }
}

typedef struct
{
  const YejiRule *rule;
  AgreeFunc agrees;
  Term first;
  gboolean agreed;
  Term other;                  /* the first that did not; its field is NULL while there is none */
} Search;

static gboolean
try_row (YejiCheck          *check,
         YejiRow            *row,
         const YejiFieldDef *field,
         gpointer            data)
{
  Search *search = data;
  Term term = read_term (check, row, field);

  if (search->agreed || !is_readable (&term))
    return !search->agreed;
  if (search->agrees (search->rule, &search->first, &term))
    search->agreed = TRUE;
  else if (search->other.field == NULL)
    search->other = term;
  return !search->agreed;
}

static char *
describe_limit (const YejiRule *rule)
{
  char least[G_ASCII_DTOSTR_BUF_SIZE], most[G_ASCII_DTOSTR_BUF_SIZE];

  switch (rule->kind)
    {
    case YEJI_RULE_WITHIN:
      return g_strdup_printf ("%u", rule->days);
    case YEJI_RULE_BAND:
      g_ascii_formatd (least, sizeof least, "%g", rule->min);
      g_ascii_formatd (most, sizeof most, "%g", rule->max);
      return g_strdup_printf ("%s – %s", least, most);
    default:
      return g_strdup (g_ascii_formatd (most, sizeof most, "%g", rule->tolerance));
    }
}

static void
report_disagreement (YejiCheck      *check,
                     const YejiRule *rule,
                     YejiRow        *row,
                     guint           index,
                     const Search   *search)
{
  g_autofree char *limit = describe_limit (rule);
  g_autofree char *other = yeji_check_display (search->other.field, search->other.text);
  const YejiFieldDef *first = search->first.field;

  yeji_check_report (check, rule, first->table, row, index, first,
                     &(YejiMessageWords) {
                       .other = yeji_text_get (&search->other.field->label, check->language),
                       .other_value = other,
                       .other_field = search->other.field,
                       .limit = limit,
                     });
}

static gboolean
is_ordered (const YejiRule *rule,
            const Term     *first,
            const Term     *second)
{
  return first->worth <= second->worth;
}

static gboolean
is_within (const YejiRule *rule,
           const Term     *first,
           const Term     *second)
{
  return first->worth - second->worth <= rule->days;
}

/* What counts of the first value: all of it, or the part that the rule names. Gives NULL where it
 * is too short for that. */
static const char *
find_part (const YejiRule *rule,
           const char     *text,
           gsize          *length)
{
  const char *end;

  for (guint i = 0; i < rule->part_offset; i++, text = g_utf8_next_char (text))
    if (*text == '\0')
      return NULL;
  if (rule->part_length == 0)
    {
      *length = strlen (text);
      return text;
    }
  end = text;
  for (guint i = 0; i < rule->part_length; i++, end = g_utf8_next_char (end))
    if (*end == '\0')
      return NULL;
  *length = (gsize) (end - text);
  return text;
}

static gboolean
is_text (const char *text,
         const char *part,
         gsize       length)
{
  return strncmp (text, part, length) == 0 && text[length] == '\0';
}

static gboolean
is_equal (const YejiRule *rule,
          const Term     *first,
          const Term     *second)
{
  const char *part;
  gsize length;

  /* Decimal fractions are not exact in binary: 0.1 + 0.2 must be 0.3. */
  if (!isnan (first->worth) && !isnan (second->worth))
    return fabs (first->worth - second->worth) <= rule->tolerance + 1e-6;
  part = find_part (rule, first->text, &length);
  return part == NULL || is_text (second->text, part, length);
}

/* A first value that no pair names says nothing. */
static gboolean
is_pair (const YejiRule *rule,
         const Term     *first,
         const Term     *second)
{
  gsize length;
  const char *part = find_part (rule, first->text, &length);
  gboolean named = FALSE;

  for (guint i = 0; part != NULL && i < rule->pairs->len; i++)
    {
      const GStrv pair = g_ptr_array_index (rule->pairs, i);

      if (!is_text (pair[0], part, length))
        continue;
      named = TRUE;
      if (g_str_equal (pair[1], second->text))
        return TRUE;
    }
  return !named;
}

/* Nothing was built where the divisor is 0, so there is nothing to say. What is negative is wrong
 * by another rule. */
static gboolean
is_in_band (const YejiRule *rule,
            const Term     *first,
            const Term     *second)
{
  double ratio = first->worth / second->worth;

  return second->worth <= 0 || first->worth <= 0 || (ratio >= rule->min && ratio <= rule->max);
}

static gboolean
is_child (const YejiRule *rule,
          const Term     *first,
          const Term     *second)
{
  const YejiCode *code = yeji_code_list_find (first->field->codes, first->text);

  return code == NULL || g_strcmp0 (code->parent, second->text) == 0;
}

static const AgreeFunc agree_funcs[N_YEJI_RULE_KINDS] = {
  [YEJI_RULE_ORDER] = is_ordered,
  [YEJI_RULE_WITHIN] = is_within,
  [YEJI_RULE_EQUAL] = is_equal,
  [YEJI_RULE_BAND] = is_in_band,
  [YEJI_RULE_PAIRS] = is_pair,
  [YEJI_RULE_PARENT] = is_child,
};

/* Holds the rule's first field, in every row, against its other fields. */
void
yeji_check_agreement (YejiCheck      *check,
                      const YejiRule *rule)
{
  const YejiFieldDef *first = g_ptr_array_index (rule->fields, 0);

  for (guint i = 0; i < yeji_record_get_n_rows (check->record, first->table); i++)
    {
      YejiRow *row = yeji_record_get_row (check->record, first->table, i);
      Search search = { rule, agree_funcs[rule->kind], read_term (check, row, first), FALSE, { NULL } };

      if (!is_readable (&search.first) || !yeji_check_applies (check, rule, row))
        continue;
      for (guint j = 1; j < rule->fields->len; j++)
        each_row (check, rule, row, g_ptr_array_index (rule->fields, j), try_row, &search);
      if (!search.agreed && search.other.field != NULL)
        report_disagreement (check, rule, row, i, &search);
    }
}

typedef struct
{
  double sum;
  guint n_terms;
  gboolean unreadable;
} Sum;

static gboolean
add_row (YejiCheck          *check,
         YejiRow            *row,
         const YejiFieldDef *field,
         gpointer            data)
{
  Sum *sum = data;
  Term term = read_term (check, row, field);

  if (*term.text == '\0')
    return TRUE;
  sum->n_terms++;
  if (isnan (term.worth))
    sum->unreadable = TRUE;
  else
    sum->sum += term.worth;
  return TRUE;
}

static void
report_sum (YejiCheck      *check,
            const YejiRule *rule,
            YejiRow        *row,
            guint           index,
            double          sum)
{
  const YejiFieldDef *first = g_ptr_array_index (rule->fields, 0);
  const YejiFieldDef *second = g_ptr_array_index (rule->fields, 1);
  g_autofree char *limit = describe_limit (rule);
  char format[16], text[G_ASCII_DTOSTR_BUF_SIZE];

  g_snprintf (format, sizeof format, "%%.%uf", MIN (first->scale, 9));
  g_ascii_formatd (text, sizeof text, format, sum);
  yeji_check_report (check, rule, first->table, row, index, first,
                     &(YejiMessageWords) {
                       .other = yeji_text_get (&second->label, check->language),
                       .other_value = text,
                       .limit = limit,
                     });
}

void
yeji_check_sum (YejiCheck      *check,
                const YejiRule *rule)
{
  const YejiFieldDef *first = g_ptr_array_index (rule->fields, 0);

  for (guint i = 0; i < yeji_record_get_n_rows (check->record, first->table); i++)
    {
      YejiRow *row = yeji_record_get_row (check->record, first->table, i);
      Term term = read_term (check, row, first);
      Sum sum = { 0 };

      if (isnan (term.worth) || !yeji_check_applies (check, rule, row))
        continue;
      for (guint j = 1; j < rule->fields->len; j++)
        each_row (check, rule, row, g_ptr_array_index (rule->fields, j), add_row, &sum);
      if (sum.n_terms > 0 && !sum.unreadable
          && fabs (term.worth - sum.sum) > rule->tolerance + 1e-6)
        report_sum (check, rule, row, i, sum.sum);
    }
}

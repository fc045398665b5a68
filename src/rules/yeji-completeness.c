// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-completeness"

#include "config.h"

#include "yeji-completeness.h"

#include "yeji-plan.h"
#include "yeji-validator-private.h"

/* No rule that asks for a value looks at the day. */
#define ANY_DAY "2000-01-01"

/* A count that is under way. */
typedef struct
{
  const YejiPlan *plan;
  YejiCheck check;
  const YejiTableDef *table;   /* (nullable): all */
  guint n_needed;
  guint n_filled;
} Count;

/* What may stay as it is, with a reason, is not asked for. */
static gboolean
insists (Count          *count,
         const YejiRule *rule)
{
  return (rule->severity == YEJI_SEVERITY_ERROR || rule->incomplete)
         && yeji_check_concerns (&count->check, rule)
         && !yeji_check_is_excused (&count->check, rule);
}

static gboolean
is_asked (Count              *count,
          YejiRow            *row,
          const YejiFieldDef *field)
{
  GArray *steps = yeji_plan_get_steps (count->plan, field);

  for (guint i = 0; i < steps->len; i++)
    {
      const YejiRule *rule = g_array_index (steps, YejiStep, i).rule;

      if (rule->kind == YEJI_RULE_MANDATORY && insists (count, rule)
          && yeji_check_applies (&count->check, rule, row)
          && yeji_check_asks (&count->check, rule, row, field))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_filled (Count              *count,
           YejiRow            *row,
           const YejiFieldDef *field)
{
  return *yeji_check_value (&count->check, row, field) != '\0';
}

static void
count_row (Count   *count,
           YejiRow *row)
{
  GPtrArray *fields = yeji_plan_get_asked (count->plan, yeji_row_get_table (row));

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);

      if (!is_asked (count, row, field))
        continue;
      count->n_needed++;
      count->n_filled += is_filled (count, row, field);
    }
}

/* A row that is not there lacks all that is mandatory in an empty one. */
static guint
count_empty_row (Count              *count,
                 const YejiTableDef *table)
{
  g_autoptr (YejiRow) row = yeji_row_new (table, NULL);
  Count empty = *count;

  empty.n_needed = empty.n_filled = 0;
  count_row (&empty, row);
  return MAX (empty.n_needed - empty.n_filled, 1);
}

static void
count_role_tables (Count              *count,
                   const YejiTableDef *table)
{
  const YejiRole *role = count->check.role;

  for (guint i = 0; role != NULL && i < role->needs->len; i++)
    {
      const YejiTableNeed *need = &g_array_index (role->needs, YejiTableNeed, i);
      guint lacking = need->table == table ? yeji_check_count_lacking (&count->check, need) : 0;

      if (lacking > 0)
        count->n_needed += lacking * count_empty_row (count, table);
    }
}

/* A row that must be there in some form is one thing more only where nothing else is missing: a
 * value that makes a row the right one is mandatory as a rule, and is not counted twice. */
static void
count_table (Count              *count,
             const YejiTableDef *table)
{
  GArray *whole = yeji_plan_get_whole (count->plan);
  guint missing = count->n_needed - count->n_filled;
  gboolean lacks = FALSE;

  for (guint i = 0; i < yeji_record_get_n_rows (count->check.record, table); i++)
    count_row (count, yeji_record_get_row (count->check.record, table, i));
  for (guint i = 0; i < whole->len; i++)
    {
      const YejiRule *rule = g_array_index (whole, YejiWholeStep, i).rule;

      if (rule->kind == YEJI_RULE_ROLE_TABLES && insists (count, rule))
        count_role_tables (count, table);
      else if (rule->kind == YEJI_RULE_ROW_EXISTS
               && (rule->for_table != NULL ? rule->for_table : rule->table) == table)
        lacks = lacks || (insists (count, rule) && yeji_check_lacks_row (&count->check, rule));
    }
  if (lacks && count->n_needed - count->n_filled == missing)
    count->n_needed++;
}

/**
 * yeji_completeness_count_with:
 * @table: (nullable): only what is missing there; %NULL: in the whole record
 * @slots: (nullable): the ids of the slots that have a document, for rules that one excuses
 *
 * Counts as yeji_completeness_count() does.
 *
 * Returns: how much is asked for and there
 */
YejiCompleteness
yeji_completeness_count_with (YejiValidator      *validator,
                              YejiRecord         *record,
                              const YejiTableDef *table,
                              const char * const *slots)
{
  YejiDictionary *dictionary = yeji_validator_get_dictionary (validator);
  GPtrArray *tables = yeji_dictionary_get_tables (dictionary);
  Count count = { yeji_validator_get_plan (validator) };
  YejiCompleteness result = { 0, 0 };

  g_return_val_if_fail (yeji_record_get_dictionary (record) == dictionary, result);
  if (!yeji_check_begin (&count.check, record, yeji_validator_get_language (validator), ANY_DAY,
                         slots, NULL))
    g_return_val_if_reached (result);

  if (table != NULL)
    count_table (&count, table);
  for (guint i = 0; table == NULL && i < tables->len; i++)
    count_table (&count, g_ptr_array_index (tables, i));
  result.n_needed = count.n_needed;
  result.n_filled = count.n_filled;
  return result;
}

/**
 * yeji_completeness_count:
 * @record: a record of the validator's dictionary
 * @table: (nullable): only what is missing there; %NULL: in the whole record
 *
 * Counts the values that the record must have, by the very rules that complain when they are
 * missing: those that something is mandatory, that a row exists, and that the role needs rows, as
 * far as they are errors or keep the record from the national platform. A row that is not there
 * counts as what is mandatory in an empty one. Cheap enough for every keystroke.
 *
 * Returns: how much is asked for and there
 */
YejiCompleteness
yeji_completeness_count (YejiValidator      *validator,
                         YejiRecord         *record,
                         const YejiTableDef *table)
{
  return yeji_completeness_count_with (validator, record, table, NULL);
}

/**
 * yeji_completeness_get_percent:
 *
 * Returns: how much of it is there, rounded down: 100 only when nothing is missing
 */
guint
yeji_completeness_get_percent (const YejiCompleteness *self)
{
  return self->n_needed == 0 ? 100 : (guint) ((guint64) self->n_filled * 100 / self->n_needed);
}

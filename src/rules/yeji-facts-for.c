// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-facts"

#include "config.h"

#include "yeji-facts-for.h"

#include "yeji-completeness.h"
#include "yeji-grade.h"
#include "yeji-slots.h"

G_STATIC_ASSERT ((int) YEJI_OUTCOME_NATIONAL == YEJI_FACTS_BEST_OUTCOME);

/**
 * yeji_facts_new_for:
 * @record: a record of the validator's dictionary
 * @problems: (element-type YejiProblem): what a whole check of the record said
 * @slots: (nullable): the ids of the slots that have a document, as that check had them; %NULL: not
 *     known, and so is what would become of the record
 *
 * Sums up what was found in a record, to be saved with it.
 *
 * Returns: (transfer full): the facts
 */
YejiFacts *
yeji_facts_new_for (YejiValidator      *validator,
                    YejiRecord         *record,
                    GPtrArray          *problems,
                    const char * const *slots)
{
  YejiFacts facts = { .outcome = -1, .n_slots = -1, .n_filled_slots = -1 };
  g_autofree char *required = yeji_slots_list (record);
  YejiCompleteness completeness;
  guint n_filled;

  completeness = yeji_completeness_count_with (validator, record, NULL, slots);
  facts.n_errors = yeji_problems_count (problems, YEJI_SEVERITY_ERROR);
  facts.n_warnings = yeji_problems_count (problems, YEJI_SEVERITY_WARNING);
  facts.completeness = (int) yeji_completeness_get_percent (&completeness);
  /* There are as many as there are roles and conditions, and no more. */
  facts.required_slots = g_intern_string (required);
  if (slots != NULL)
    {
      facts.outcome = (int) yeji_grade_get_outcome (problems);
      facts.n_slots = (int) yeji_slots_count (record, slots, &n_filled);
      facts.n_filled_slots = (int) n_filled;
    }
  return yeji_facts_copy (&facts);
}

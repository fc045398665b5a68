// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grade"

#include "config.h"

#include "yeji-grade.h"

/* for scripts, never translated */
static const char * const outcomes[] = {
  [YEJI_OUTCOME_REFUSED] = "refused",
  [YEJI_OUTCOME_PROVINCE] = "D",
  [YEJI_OUTCOME_NATIONAL] = "national",
};

static gboolean
is_error (YejiProblem *problem)
{
  return yeji_problem_get_severity (problem) == YEJI_SEVERITY_ERROR;
}

/**
 * yeji_grade_get_outcome:
 * @problems: (element-type YejiProblem): what a whole check says, documents included
 *
 * Judges a record by what the dictionary says of its problems. The province grades by this too. A
 * reason does not make a record complete.
 *
 * Returns: what would become of it
 */
YejiOutcome
yeji_grade_get_outcome (GPtrArray *problems)
{
  YejiOutcome outcome = YEJI_OUTCOME_NATIONAL;

  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);

      if (is_error (problem))
        return YEJI_OUTCOME_REFUSED;
      if (yeji_problem_get_incomplete (problem))
        outcome = YEJI_OUTCOME_PROVINCE;
    }
  return outcome;
}

/**
 * yeji_grade_list_reasons:
 * @problems: (element-type YejiProblem): what a whole check says
 *
 * Returns: (transfer full) (element-type YejiProblem): exactly those that keep the record from the
 *     national platform; none if nothing does
 */
GPtrArray *
yeji_grade_list_reasons (GPtrArray *problems)
{
  GPtrArray *reasons = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (problems, i);

      if (is_error (problem) || yeji_problem_get_incomplete (problem))
        g_ptr_array_add (reasons, g_object_ref (problem));
    }
  return reasons;
}

/**
 * yeji_outcome_to_text:
 *
 * Returns: the word for scripts: `refused`, `D` or `national`
 */
const char *
yeji_outcome_to_text (YejiOutcome outcome)
{
  return outcomes[outcome];
}

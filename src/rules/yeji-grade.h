// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-problem.h"

G_BEGIN_DECLS

/**
 * YejiOutcome:
 * @YEJI_OUTCOME_REFUSED: it has errors, so the province does not take it; recorded as it is, as the
 *     old system's records are, it would be D
 * @YEJI_OUTCOME_PROVINCE: D: shown by the province alone, because something is missing that the
 *     national platform asks for
 * @YEJI_OUTCOME_NATIONAL: complete for the national platform; whether A, B or C follows from the
 *     level of the department that confirms it
 *
 * What would become of a record. A self-check, not the decision.
 */
typedef enum
{
  YEJI_OUTCOME_REFUSED,
  YEJI_OUTCOME_PROVINCE,
  YEJI_OUTCOME_NATIONAL,
} YejiOutcome;

YejiOutcome  yeji_grade_get_outcome (GPtrArray   *problems);
GPtrArray   *yeji_grade_list_reasons (GPtrArray  *problems);
const char  *yeji_outcome_to_text   (YejiOutcome  outcome);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-draft"

#include "config.h"

#include "yeji-draft.h"

#include "yeji-draft-private.h"
#include "yeji-issues.h"

/* What is wrong with a draft, place by place. */

/**
 * yeji_draft_keep:
 * @issue: a warning or a hint of this draft
 * @reason: why it is right all the same; empty: it is not kept any more
 *
 * Keeps a warning with a reason, which is saved and goes to the province with the record.
 *
 * Returns: %FALSE if it cannot be kept: it is an error, or its place has changed meanwhile
 */
gboolean
yeji_draft_keep (YejiDraft  *self,
                 YejiIssue  *issue,
                 const char *reason)
{
  YejiRecord *record;
  YejiPlace place;

  g_return_val_if_fail (YEJI_IS_DRAFT (self), FALSE);

  record = yeji_draft_get_record (self);
  yeji_draft_begin_step (self);
  if (!yeji_draft_is_editable (self) || !yeji_issue_is_keepable (issue)
      || !yeji_record_resolve (record, yeji_issue_get_pointer (issue), &place, NULL)
      || place.row != yeji_issue_get_row (issue) || place.field != yeji_issue_get_field (issue)
      || !yeji_validator_keep (record, yeji_issue_get_problem (issue), reason))
    return FALSE;
  yeji_draft_validate (self);
  return TRUE;
}

/**
 * yeji_draft_find_issue:
 *
 * Returns: (nullable) (transfer none): the gravest problem of a field
 */
YejiIssue *
yeji_draft_find_issue (YejiDraft          *self,
                       YejiRow            *row,
                       const YejiFieldDef *field)
{
  return yeji_issues_find (yeji_draft_get_issues (self), row, field);
}

/**
 * yeji_draft_find_point:
 *
 * Returns: (nullable) (transfer none): what the reviewer said of a field
 */
YejiIssue *
yeji_draft_find_point (YejiDraft          *self,
                       YejiRow            *row,
                       const YejiFieldDef *field)
{
  return yeji_issues_find (yeji_draft_get_points (self), row, field);
}

/**
 * yeji_draft_count_issues:
 * @table: (nullable): %NULL counts in all tables
 * @row: (nullable): %NULL counts in all rows
 *
 * Returns: how many problems of a severity are open, that is, without a reason
 */
guint
yeji_draft_count_issues (YejiDraft          *self,
                         const YejiTableDef *table,
                         YejiRow            *row,
                         YejiSeverity        severity)
{
  return yeji_issues_count (yeji_draft_get_issues (self), table, row, severity);
}

/**
 * yeji_draft_count_completeness:
 * @table: (nullable): %NULL counts in the whole record
 *
 * Returns: how many values the standard asks for, and how many of them are there
 */
YejiCompleteness
yeji_draft_count_completeness (YejiDraft          *self,
                               const YejiTableDef *table)
{
  g_auto (GStrv) slots = yeji_draft_get_filled_slots (self);

  return yeji_completeness_count_with (yeji_draft_get_validator (self),
                                       yeji_draft_get_record (self), table,
                                       (const char * const *) slots);
}

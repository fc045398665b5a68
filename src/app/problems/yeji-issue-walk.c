// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-issue-walk"

#include "config.h"

#include "yeji-issue-walk.h"

#include "yeji-issues.h"

/* Whether the problem that was gone to last is still there: the same words, or other words of the
 * same place. */
static gboolean
find_last (YejiIssueWalk *self,
           GListModel    *issues,
           guint         *position)
{
  guint n = g_list_model_get_n_items (issues);
  g_autoptr (YejiIssue) there = NULL;

  if (self->issue == NULL)
    return FALSE;
  for (*position = 0; *position < n; (*position)++)
    {
      g_autoptr (YejiIssue) issue = g_list_model_get_item (issues, *position);

      if (yeji_issue_equal (issue, self->issue))
        return TRUE;
    }
  *position = self->position;
  there = g_list_model_get_item (issues, self->position);
  return there != NULL
         && g_str_equal (yeji_issue_get_pointer (there), yeji_issue_get_pointer (self->issue));
}

/**
 * yeji_issue_walk_remember:
 * @issues: of #YejiIssue
 * @issue: the one that is gone to; it counts if it is one of @issues
 */
void
yeji_issue_walk_remember (YejiIssueWalk *self,
                          GListModel    *issues,
                          YejiIssue     *issue)
{
  guint n = g_list_model_get_n_items (issues);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIssue) other = g_list_model_get_item (issues, i);

      if (!yeji_issue_equal (issue, other))
        continue;
      g_set_object (&self->issue, issue);
      self->position = i;
      return;
    }
}

/**
 * yeji_issue_walk_step:
 * @issues: of #YejiIssue, those that are kept last
 * @step: 1 goes to the next, -1 to the one before
 *
 * Goes from problem to problem, but not to those that are kept; after the last comes the first.
 *
 * Returns: (transfer full) (nullable): where to go; %NULL if nothing is open
 */
YejiIssue *
yeji_issue_walk_step (YejiIssueWalk *self,
                      GListModel    *issues,
                      int            step)
{
  int n = (int) yeji_issues_count_open (issues);
  guint last = 0;
  int next;

  if (n == 0)
    return NULL;
  if (find_last (self, issues, &last))
    next = (int) last + step;
  else if (self->issue == NULL)
    next = step > 0 ? 0 : -1;
  else
    next = (int) self->position - (step < 0 ? 1 : 0);   /* the one after it has moved up */
  return g_list_model_get_item (issues, (guint) ((next + n) % n));
}

/**
 * yeji_issue_walk_clear:
 *
 * Goes back to nowhere.
 */
void
yeji_issue_walk_clear (YejiIssueWalk *self)
{
  g_clear_object (&self->issue);
  self->position = 0;
}

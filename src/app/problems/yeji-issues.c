// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-issues"

#include "config.h"

#include "yeji-issues.h"

/* Errors first, what is kept last. */
static int
rank (YejiIssue *issue)
{
  return yeji_issue_get_reason (issue) != NULL ? -1 : (int) yeji_issue_get_severity (issue);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return rank (*(YejiIssue **) b) - rank (*(YejiIssue **) a);
}

/**
 * yeji_issues_new_for_problems:
 * @problems: (element-type YejiProblem): in form order
 *
 * Returns: (transfer full) (element-type YejiIssue): the gravest first, each severity in form
 *   order, those that are kept last
 */
GPtrArray *
yeji_issues_new_for_problems (YejiRecord *record,
                              GPtrArray  *problems)
{
  GPtrArray *issues = g_ptr_array_new_full (problems->len, g_object_unref);

  for (guint i = 0; i < problems->len; i++)
    g_ptr_array_add (issues, yeji_issue_new_for_problem (record, g_ptr_array_index (problems, i)));
  g_ptr_array_sort (issues, compare);  /* is stable */
  return issues;
}

/**
 * yeji_issues_update:
 * @items: (element-type YejiIssue): what the list shall hold
 *
 * Changes only what differs, so that a list that shows it keeps its place.
 *
 * Returns: whether anything differed
 */
gboolean
yeji_issues_update (GListStore *list,
                    GPtrArray  *items)
{
  guint before = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint head = 0, tail = 0;

  while (head < before && head < items->len)
    {
      g_autoptr (YejiIssue) old = g_list_model_get_item (G_LIST_MODEL (list), head);

      if (!yeji_issue_equal (old, g_ptr_array_index (items, head)))
        break;
      head++;
    }
  while (tail < before - head && tail < items->len - head)
    {
      g_autoptr (YejiIssue) old = g_list_model_get_item (G_LIST_MODEL (list), before - tail - 1);

      if (!yeji_issue_equal (old, g_ptr_array_index (items, items->len - tail - 1)))
        break;
      tail++;
    }
  if (head + tail == before && head + tail == items->len)
    return FALSE;
  g_list_store_splice (list, head, before - head - tail, items->pdata + head,
                       items->len - head - tail);
  return TRUE;
}

/**
 * yeji_issues_list:
 *
 * Returns: (transfer full) (element-type YejiIssue): what is said of a field, the gravest first
 */
GPtrArray *
yeji_issues_list (GListModel         *list,
                  YejiRow            *row,
                  const YejiFieldDef *field)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (list);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIssue) issue = g_list_model_get_item (list, i);

      if (yeji_issue_get_row (issue) == row && yeji_issue_get_field (issue) == field)
        g_ptr_array_add (found, g_steal_pointer (&issue));
    }
  return found;
}

/**
 * yeji_issues_find:
 *
 * Returns: (nullable) (transfer none): the gravest that is said of a field
 */
YejiIssue *
yeji_issues_find (GListModel         *list,
                  YejiRow            *row,
                  const YejiFieldDef *field)
{
  g_autoptr (GPtrArray) found = yeji_issues_list (list, row, field);

  return found->len > 0 ? g_ptr_array_index (found, 0) : NULL;  /* the list keeps it */
}

/**
 * yeji_issues_count:
 * @table: (nullable): %NULL counts in all tables
 * @row: (nullable): %NULL counts in all rows
 *
 * Returns: how many of a severity are open
 */
guint
yeji_issues_count (GListModel         *list,
                   const YejiTableDef *table,
                   YejiRow            *row,
                   YejiSeverity        severity)
{
  guint n = g_list_model_get_n_items (list);
  guint count = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIssue) issue = g_list_model_get_item (list, i);

      if (yeji_issue_get_severity (issue) == severity && yeji_issue_get_reason (issue) == NULL
          && (table == NULL || yeji_issue_get_table (issue) == table)
          && (row == NULL || yeji_issue_get_row (issue) == row))
        count++;
    }
  return count;
}

/**
 * yeji_issues_count_open:
 *
 * Returns: how many there are without a reason; in a list of problems those come first
 */
guint
yeji_issues_count_open (GListModel *list)
{
  guint n = g_list_model_get_n_items (list);
  guint count = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIssue) issue = g_list_model_get_item (list, i);

      count += yeji_issue_get_reason (issue) == NULL;
    }
  return count;
}

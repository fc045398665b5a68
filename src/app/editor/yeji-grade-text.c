// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-grade-text"

#include "config.h"

#include "yeji-grade-text.h"

#include <glib/gi18n.h>

#include "yeji-messages.h"

static const struct
{
  const char *icon;
  const char *style;
  const char *promise;         /* (nullable) */
  const char *head;
} outcomes[] = {
  [YEJI_OUTCOME_REFUSED] = {
    "dialog-error-symbolic", "error", NULL,
    N_("These errors keep the record from being submitted, and the rest from the national platform:")
  },
  [YEJI_OUTCOME_PROVINCE] = {
    "dialog-warning-symbolic", "warning",
    N_("Expected: D, shown by the province alone"),
    N_("The province alone would show this record, because the national platform asks for this:")
  },
  [YEJI_OUTCOME_NATIONAL] = {
    "emblem-ok-symbolic", "success",
    N_("Expected: national platform (A, B or C by the confirming department)"),
    N_("Nothing keeps this record from the national platform. A, B or C follows from the level of "
       "the department that confirms it.")
  },
};

static YejiOutcome
get_outcome (YejiDraft *draft)
{
  return yeji_grade_get_outcome (yeji_draft_get_problems (draft));
}

/* Whether an error says no more than that something is not there yet: a value, a row, a document. */
static gboolean
is_missing (YejiIssue *issue)
{
  YejiRow *row = yeji_issue_get_row (issue);
  const YejiFieldDef *field = yeji_issue_get_field (issue);
  const YejiTableDef *table = yeji_issue_get_table (issue);

  if (row != NULL && field != NULL)
    return *yeji_row_get (row, field) == '\0';
  return yeji_issue_get_slot (issue) != NULL || (table != NULL && row == NULL);
}

/* How many places are to be filled in, when that is all that is left; else 0. */
static guint
count_missing (YejiDraft *draft)
{
  GListModel *issues = yeji_draft_get_issues (draft);
  guint n = g_list_model_get_n_items (issues);
  guint n_missing = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YejiIssue) issue = g_list_model_get_item (issues, i);

      if (yeji_issue_get_severity (issue) != YEJI_SEVERITY_ERROR)
        continue;
      if (!is_missing (issue))
        return 0;
      n_missing++;
    }
  return n_missing;
}

/**
 * yeji_outcome_get_promise:
 *
 * Returns: (transfer full): what the record would become if it were submitted now
 */
char *
yeji_outcome_get_promise (YejiDraft *draft)
{
  YejiOutcome outcome = get_outcome (draft);
  guint n = yeji_draft_count_issues (draft, NULL, NULL, YEJI_SEVERITY_ERROR);
  guint n_missing;

  if (outcomes[outcome].promise != NULL)
    return g_strdup (_(outcomes[outcome].promise));
  n_missing = count_missing (draft);
  if (n_missing > 0)
    return g_strdup_printf (ngettext ("%u place left to fill in before it can be submitted",
                                      "%u places left to fill in before it can be submitted",
                                      n_missing), n_missing);
  return g_strdup_printf (ngettext ("%u error left, cannot be submitted yet",
                                    "%u errors left, cannot be submitted yet", n), n);
}

static gboolean
is_decided (YejiEntry *entry)
{
  YejiState state = yeji_entry_get_state (entry);

  return yeji_entry_get_grade (entry) != NULL
         && (state == YEJI_STATE_APPROVED || state == YEJI_STATE_INCOMPLETE);
}

/* The grade, and the office and the reviewer that gave it. */
static char *
describe_decision (YejiDraft *draft)
{
  YejiEntry *entry = yeji_draft_get_entry (draft);
  const char *office = yeji_entry_get_office (entry);
  const char *reviewer = yeji_entry_get_reviewer (entry);
  g_autofree char *grade = yeji_grade_to_text (yeji_draft_get_dictionary (draft),
                                               yeji_entry_get_grade (entry));

  if (office == NULL)
    return g_steal_pointer (&grade);
  if (reviewer == NULL)
    /* Translators: a grade, and the office that gave it */
    return g_strdup_printf (_("%s · %s"), grade, office);
  /* Translators: a grade, the office that gave it, and its reviewer */
  return g_strdup_printf (_("%s · %s, %s"), grade, office, reviewer);
}

/**
 * yeji_grade_text_new:
 *
 * Returns: (transfer full): of a record that can be edited or waits for its decision what it will
 *   become by the self-check; of one that was decided on its grade, and who gave it
 */
YejiGradeText *
yeji_grade_text_new (YejiDraft *draft)
{
  YejiGradeText *self = g_new0 (YejiGradeText, 1);
  YejiEntry *entry = yeji_draft_get_entry (draft);
  YejiOutcome outcome = get_outcome (draft);

  self->icon = outcomes[outcome].icon;
  self->style = outcomes[outcome].style;
  self->head = g_strdup (_(outcomes[outcome].head));
  if (!is_decided (entry))
    {
      self->text = yeji_outcome_get_promise (draft);
      /* a record that is being begun has nothing wrong in it */
      if (outcome == YEJI_OUTCOME_REFUSED && count_missing (draft) > 0)
        {
          self->icon = "document-edit-symbolic";
          self->style = "missing";
        }
      return self;
    }
  self->text = describe_decision (draft);
  if (yeji_entry_get_state (entry) == YEJI_STATE_INCOMPLETE)
    {
      self->icon = outcomes[YEJI_OUTCOME_PROVINCE].icon;
      self->style = outcomes[YEJI_OUTCOME_PROVINCE].style;
      return self;
    }
  self->icon = outcomes[YEJI_OUTCOME_NATIONAL].icon;
  self->style = outcomes[YEJI_OUTCOME_NATIONAL].style;
  g_free (self->head);
  self->head = g_strdup (_("The department has decided. A correction needs an application."));
  return self;
}

void
yeji_grade_text_free (YejiGradeText *self)
{
  g_free (self->text);
  g_free (self->head);
  g_free (self);
}

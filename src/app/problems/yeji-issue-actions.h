// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be done about a field or about what is said of it: take a suggestion, or keep it as it
 * is with a reason. Hidden while there is nothing. Signal "changed" when there is something else.
 * */
#define YEJI_TYPE_ISSUE_ACTIONS (yeji_issue_actions_get_type ())

G_DECLARE_FINAL_TYPE (YejiIssueActions, yeji_issue_actions, YEJI, ISSUE_ACTIONS, GtkBox)

void        yeji_issue_actions_set_place      (YejiIssueActions   *self,
                                               YejiDraft          *draft,
                                               YejiRow            *row,
                                               const YejiFieldDef *field);
void        yeji_issue_actions_set_issue      (YejiIssueActions   *self,
                                               YejiIssue          *issue);
void        yeji_issue_actions_update         (YejiIssueActions   *self);
gboolean    yeji_issue_actions_take           (YejiIssueActions   *self);
char       *yeji_issue_actions_describe       (YejiIssueActions   *self);
const char *yeji_issue_actions_get_suggestion (YejiIssueActions   *self);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-issue-head.h"

G_BEGIN_DECLS

/* Problems by severity and section, with a #YejiIssueHead above each group: what a list shows of
 * them. Groups and sections can be folded; of a section that has very many, the first are shown. */
#define YEJI_TYPE_ISSUE_OUTLINE (yeji_issue_outline_get_type ())

G_DECLARE_FINAL_TYPE (YejiIssueOutline, yeji_issue_outline, YEJI, ISSUE_OUTLINE, GObject)

YejiIssueOutline *yeji_issue_outline_new       (void);
GListModel       *yeji_issue_outline_get_rows  (YejiIssueOutline   *self);
void              yeji_issue_outline_set_model (YejiIssueOutline   *self,
                                                GListModel         *issues);
void              yeji_issue_outline_set_only  (YejiIssueOutline   *self,
                                                gboolean            only,
                                                const YejiTableDef *table);
void              yeji_issue_outline_toggle    (YejiIssueOutline   *self,
                                                YejiIssueHead      *head);
gboolean          yeji_issue_outline_reveal    (YejiIssueOutline   *self,
                                                YejiIssue          *issue,
                                                guint              *position);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Problems by severity and section, one a row. Signal "chosen" (YejiIssue) to go to the place. */
#define YEJI_TYPE_ISSUE_LIST (yeji_issue_list_get_type ())

G_DECLARE_FINAL_TYPE (YejiIssueList, yeji_issue_list, YEJI, ISSUE_LIST, GtkBox)

void  yeji_issue_list_set_model (YejiIssueList *self,
                                 GListModel    *issues,
                                 YejiDraft     *draft);
void  yeji_issue_list_set_name  (YejiIssueList *self,
                                 const char    *name);
void  yeji_issue_list_set_section (YejiIssueList *self,
                                 const YejiTableDef *table);

G_END_DECLS

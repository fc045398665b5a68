// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-issue.h"

G_BEGIN_DECLS

/* What can be done with a list of #YejiIssue. */

GPtrArray *yeji_issues_new_for_problems (YejiRecord         *record,
                                         GPtrArray          *problems);
gboolean   yeji_issues_update           (GListStore         *list,
                                         GPtrArray          *items);
YejiIssue *yeji_issues_find             (GListModel         *list,
                                         YejiRow            *row,
                                         const YejiFieldDef *field);
GPtrArray *yeji_issues_list             (GListModel         *list,
                                         YejiRow            *row,
                                         const YejiFieldDef *field);
guint      yeji_issues_count            (GListModel         *list,
                                         const YejiTableDef *table,
                                         YejiRow            *row,
                                         YejiSeverity        severity);
guint      yeji_issues_count_open       (GListModel         *list);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-issue.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where the clerk is on the way from problem to problem. All zero: nowhere yet. */
typedef struct
{
  YejiIssue *issue;            /* (nullable): the one that was gone to last */
  guint position;              /* where it was in the list */
} YejiIssueWalk;

void       yeji_issue_walk_remember (YejiIssueWalk *self,
                                     GListModel    *issues,
                                     YejiIssue     *issue);
YejiIssue *yeji_issue_walk_step     (YejiIssueWalk *self,
                                     GListModel    *issues,
                                     int            step);
void       yeji_issue_walk_clear    (YejiIssueWalk *self);

G_END_DECLS

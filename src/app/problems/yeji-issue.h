// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-problem.h"
#include "yeji-record.h"

G_BEGIN_DECLS

/* Something said of a place in a record: a problem that the rules found, or a reviewer's point. */
#define YEJI_TYPE_ISSUE (yeji_issue_get_type ())

G_DECLARE_FINAL_TYPE (YejiIssue, yeji_issue, YEJI, ISSUE, GObject)

YejiIssue          *yeji_issue_new          (YejiRecord   *record,
                                             YejiSeverity  severity,
                                             const char   *pointer,
                                             const char   *message);
YejiIssue          *yeji_issue_new_for_problem (YejiRecord *record,
                                             YejiProblem  *problem);
YejiIssue          *yeji_issue_new_for_point (YejiRecord  *record,
                                             YejiRecord   *submitted,
                                             const char   *pointer,
                                             const char   *comment);
gboolean            yeji_issue_is_gone      (YejiIssue    *self);
YejiRow            *yeji_issue_get_before   (YejiIssue    *self);
YejiProblem        *yeji_issue_get_problem  (YejiIssue    *self);
const char         *yeji_issue_get_reason   (YejiIssue    *self);
gboolean            yeji_issue_is_keepable  (YejiIssue    *self);
YejiSeverity        yeji_issue_get_severity (YejiIssue    *self);
const char         *yeji_issue_get_pointer  (YejiIssue    *self);
const char         *yeji_issue_get_message  (YejiIssue    *self);
const YejiTableDef *yeji_issue_get_table    (YejiIssue    *self);
YejiRow            *yeji_issue_get_row      (YejiIssue    *self);
const YejiFieldDef *yeji_issue_get_field    (YejiIssue    *self);
const char         *yeji_issue_get_slot     (YejiIssue    *self);
char               *yeji_issue_get_place    (YejiIssue    *self);
gboolean            yeji_issue_equal        (YejiIssue    *self,
                                             YejiIssue    *other);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

#define YEJI_TYPE_PROBLEM (yeji_problem_get_type ())

G_DECLARE_FINAL_TYPE (YejiProblem, yeji_problem, YEJI, PROBLEM, GObject)

YejiProblem  *yeji_problem_new          (const char   *rule,
                                         YejiSeverity  severity,
                                         const char   *pointer,
                                         const char   *message);
const char   *yeji_problem_get_rule     (YejiProblem  *self);
YejiSeverity  yeji_problem_get_severity (YejiProblem  *self);
const char   *yeji_problem_get_pointer  (YejiProblem  *self);
const char   *yeji_problem_get_message  (YejiProblem  *self);
void          yeji_problem_set_subject  (YejiProblem  *self,
                                         const char   *value,
                                         const char   *other);
const char   *yeji_problem_get_value    (YejiProblem  *self);
const char   *yeji_problem_get_other    (YejiProblem  *self);
void          yeji_problem_set_incomplete (YejiProblem *self,
                                         gboolean      incomplete);
gboolean      yeji_problem_get_incomplete (YejiProblem *self);
YejiProblem  *yeji_problem_copy_kept    (YejiProblem  *self,
                                         const char   *reason);
const char   *yeji_problem_get_reason   (YejiProblem  *self);
gboolean      yeji_problem_equal        (YejiProblem  *self,
                                         YejiProblem  *other);
guint         yeji_problems_count       (GPtrArray    *problems,
                                         YejiSeverity  severity);
const char   *yeji_severity_to_text     (YejiSeverity  severity);
gboolean      yeji_severity_from_text   (const char   *text,
                                         YejiSeverity *severity);

G_END_DECLS

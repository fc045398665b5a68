// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What would become of the record if it were submitted now, and on demand what makes the
 * difference. Signal "chosen" (YejiIssue) to go to the place. */
#define YEJI_TYPE_GRADE_BAR (yeji_grade_bar_get_type ())

G_DECLARE_FINAL_TYPE (YejiGradeBar, yeji_grade_bar, YEJI, GRADE_BAR, AdwBin)

void        yeji_grade_bar_set_draft    (YejiGradeBar *self,
                                         YejiDraft    *draft);
void        yeji_grade_bar_open         (YejiGradeBar *self);
const char *yeji_grade_bar_get_text     (YejiGradeBar *self);
guint       yeji_grade_bar_get_n_reasons (YejiGradeBar *self);

G_END_DECLS

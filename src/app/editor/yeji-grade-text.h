// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"
#include "yeji-grade.h"

G_BEGIN_DECLS

/* What a record will become, or has become, in the user's words. */
typedef struct
{
  const char *icon;
  const char *style;
  char *text;
  char *head;                  /* above what makes the difference */
} YejiGradeText;

YejiGradeText *yeji_grade_text_new      (YejiDraft     *draft);
void           yeji_grade_text_free     (YejiGradeText *self);
char          *yeji_outcome_get_promise (YejiDraft     *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiGradeText, yeji_grade_text_free)

G_END_DECLS

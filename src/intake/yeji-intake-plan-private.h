// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-item-private.h"
#include "yeji-intake-plan.h"
#include "yeji-source.h"

G_BEGIN_DECLS

/* What a plan is made of, on any thread. */
YejiIntakePlan *yeji_intake_plan_new          (YejiStore       *store,
                                               YejiSource      *source,
                                               GPtrArray       *records,
                                               GPtrArray       *matches,
                                               GHashTable      *filled,
                                               const char      *uuid,
                                               const char      *slot);
GHashTable     *yeji_intake_plan_get_filled   (YejiIntakePlan  *self);
GPtrArray      *yeji_intake_plan_dup_items    (YejiIntakePlan  *self);
char           *yeji_intake_plan_make_place   (YejiIntakePlan  *self,
                                               GError         **error);
void            yeji_intake_plan_replace      (YejiIntakePlan  *self,
                                               GPtrArray       *items,
                                               YejiIntakeItem  *item);

/* yeji-intake-problem.c */
void            yeji_intake_plan_judge        (YejiIntakePlan  *self,
                                               YejiIntakeItem  *item);
void            yeji_intake_plan_judge_same   (YejiIntakePlan  *self,
                                               YejiIntakeItem  *item,
                                               GPtrArray       *places,
                                               YejiIntakeItem  *twin);

/* yeji-intake-room.c */
GHashTable     *yeji_intake_count_files       (YejiStore       *store,
                                               GError         **error);
void            yeji_intake_plan_judge_room   (YejiIntakePlan  *self);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-plan.h"

G_BEGIN_DECLS

/* The files of a plan that go to one record, or those that go to the tray: a #GListModel of
 * #YejiIntakeItem under a heading. Signal "changed" when what the heading says may be another. */
#define YEJI_TYPE_INTAKE_GROUP (yeji_intake_group_get_type ())

G_DECLARE_FINAL_TYPE (YejiIntakeGroup, yeji_intake_group, YEJI, INTAKE_GROUP, GObject)

YejiIntakeGroup *yeji_intake_group_new        (const char      *uuid);
const char      *yeji_intake_group_get_uuid   (YejiIntakeGroup *self);
gboolean         yeji_intake_group_is_tray    (YejiIntakeGroup *self);
char            *yeji_intake_group_get_title  (YejiIntakeGroup *self);
char            *yeji_intake_group_get_words  (YejiIntakeGroup *self);
guint            yeji_intake_group_count_open (YejiIntakeGroup *self);
void             yeji_intake_group_set_items  (YejiIntakeGroup *self,
                                               GPtrArray       *items);
void             yeji_intake_group_tell       (YejiIntakeGroup *self);

G_END_DECLS

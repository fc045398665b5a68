// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-item.h"

G_BEGIN_DECLS

/* What the plan sets; each tells by "notify" what has changed. */
YejiIntakeItem *yeji_intake_item_new          (const char         *path,
                                               GFile              *file,
                                               gint64              size,
                                               YejiMatch          *match);
void            yeji_intake_item_place        (YejiIntakeItem     *self,
                                               const char         *uuid,
                                               const char         *record_name,
                                               const char         *slot,
                                               const char         *slot_label,
                                               YejiCertainty       certainty,
                                               const char         *reason);
void            yeji_intake_item_set_position (YejiIntakeItem     *self,
                                               guint               position);
void            yeji_intake_item_set_findings (YejiIntakeItem     *self,
                                               YejiFindings       *findings);
void            yeji_intake_item_set_problem  (YejiIntakeItem     *self,
                                               const char         *problem,
                                               YejiIntakeSeverity  severity);
void            yeji_intake_item_set_same_as  (YejiIntakeItem     *self,
                                               const char         *same_as);
void            yeji_intake_item_set_shrunk   (YejiIntakeItem     *self,
                                               GFile              *shrunk,
                                               YejiFindings       *findings);
void            yeji_intake_item_set_places   (YejiIntakeItem     *self,
                                               GPtrArray          *places);
GPtrArray      *yeji_intake_item_get_places   (YejiIntakeItem     *self);
gboolean        yeji_intake_item_set_crowding (YejiIntakeItem     *self,
                                               const char         *crowding);
const char     *yeji_intake_item_get_crowding (YejiIntakeItem     *self);
void            yeji_intake_item_set_unfit    (YejiIntakeItem     *self,
                                               gboolean            unfit);
gboolean        yeji_intake_item_is_unfit     (YejiIntakeItem     *self);
void            yeji_intake_item_propose      (YejiIntakeItem     *self,
                                               gboolean            included);
gboolean        yeji_intake_item_is_decided   (YejiIntakeItem     *self);

G_END_DECLS

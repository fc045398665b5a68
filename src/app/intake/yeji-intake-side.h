// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-plan.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What is selected in a plan: what it looks like, what is to be known of it, and where it goes. Its
 * buttons are the actions "intake.*" of the window around it. Signals "record-chosen" and
 * "slot-chosen" (const char *id, "" for none), and "asked" when a question has been answered or
 * left alone. */
#define YEJI_TYPE_INTAKE_SIDE (yeji_intake_side_get_type ())

G_DECLARE_FINAL_TYPE (YejiIntakeSide, yeji_intake_side, YEJI, INTAKE_SIDE, AdwBin)

void       yeji_intake_side_show       (YejiIntakeSide *self,
                                        GPtrArray      *items);
void       yeji_intake_side_set_choices (YejiIntakeSide *self,
                                        GListModel     *records,
                                        GListModel     *slots);
void       yeji_intake_side_ask_record (YejiIntakeSide *self);
void       yeji_intake_side_ask_slot   (YejiIntakeSide *self);

G_END_DECLS

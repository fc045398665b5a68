// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-plan.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The foot of a plan's window: what would be attached in all, and the button that does it; while it
 * is done, how far that is. Its buttons are the actions "intake.*" of the window around it. */
#define YEJI_TYPE_INTAKE_BAR (yeji_intake_bar_get_type ())

G_DECLARE_FINAL_TYPE (YejiIntakeBar, yeji_intake_bar, YEJI, INTAKE_BAR, AdwBin)

void       yeji_intake_bar_set_plan      (YejiIntakeBar  *self,
                                          YejiIntakePlan *plan);
void       yeji_intake_bar_update        (YejiIntakeBar  *self);
void       yeji_intake_bar_show_doing    (YejiIntakeBar  *self,
                                          const char     *text,
                                          double          fraction);
void       yeji_intake_bar_show_deciding (YejiIntakeBar  *self);
GtkWidget *yeji_intake_bar_get_attach    (YejiIntakeBar  *self);

G_END_DECLS

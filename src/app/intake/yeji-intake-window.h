// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-plan.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What is to become of files that come in, before anything is done. Signal "taken"
 * (YejiTaken *taken) when it is done. */
#define YEJI_TYPE_INTAKE_WINDOW (yeji_intake_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiIntakeWindow, yeji_intake_window, YEJI, INTAKE_WINDOW, AdwWindow)

GtkWidget      *yeji_intake_window_new       (GtkWindow        *parent,
                                              YejiStore        *store);
void            yeji_intake_window_read      (YejiIntakeWindow *self,
                                              GFile * const    *roots,
                                              guint             n_roots,
                                              const char       *uuid,
                                              const char       *slot);
void            yeji_intake_window_show_plan (YejiIntakeWindow *self,
                                              YejiIntakePlan   *plan);
YejiIntakePlan *yeji_intake_window_get_plan  (YejiIntakeWindow *self);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A thin bar that is filled to a part, in the colour of its text. It is silent: what stands beside
 * it says the same in words. */
#define YEJI_TYPE_METER (yeji_meter_get_type ())

G_DECLARE_FINAL_TYPE (YejiMeter, yeji_meter, YEJI, METER, GtkWidget)

GtkWidget *yeji_meter_new          (void);
void       yeji_meter_set_fraction (YejiMeter *self,
                                    double     fraction);
double     yeji_meter_get_fraction (YejiMeter *self);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-use-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A record to be ticked: its name, what it brings, why it cannot be ticked. */
#define YEJI_TYPE_USE_ROW (yeji_use_row_get_type ())

G_DECLARE_FINAL_TYPE (YejiUseRow, yeji_use_row, YEJI, USE_ROW, GtkBox)

GtkWidget *yeji_use_row_new    (void);
void       yeji_use_row_bind   (YejiUseRow  *self,
                                YejiUseItem *item);
void       yeji_use_row_unbind (YejiUseRow  *self);

G_END_DECLS

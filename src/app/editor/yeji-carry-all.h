// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-enterprise.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One line above a form: how many of its values stand elsewhere already, and a button that takes
 * them all. It is there only where that is more than one. */
#define YEJI_TYPE_CARRY_ALL (yeji_carry_all_get_type ())

G_DECLARE_FINAL_TYPE (YejiCarryAll, yeji_carry_all, YEJI, CARRY_ALL, GtkBox)

GtkWidget *yeji_carry_all_new   (YejiDraft          *draft,
                                 const YejiTableDef *table,
                                 YejiRow            *row);
guint      yeji_carry_all_count (YejiCarryAll       *self);
gboolean   yeji_carry_all_take  (YejiCarryAll       *self);

G_END_DECLS

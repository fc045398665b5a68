// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Above the forms of a record that was copied: from what, how many values no longer hold, and a
 * list of them that is ticked off as they are filled in. Signal "chosen" (table, row, field): ids.
 * */
#define YEJI_TYPE_COPY_BAR (yeji_copy_bar_get_type ())

G_DECLARE_FINAL_TYPE (YejiCopyBar, yeji_copy_bar, YEJI, COPY_BAR, GtkBox)

void        yeji_copy_bar_set_draft  (YejiCopyBar *self,
                                      YejiDraft   *draft);
const char *yeji_copy_bar_get_text   (YejiCopyBar *self);
guint       yeji_copy_bar_get_n_open (YejiCopyBar *self);
GtkWidget  *yeji_copy_bar_get_list   (YejiCopyBar *self);
void        yeji_copy_bar_show_list  (YejiCopyBar *self);

G_END_DECLS

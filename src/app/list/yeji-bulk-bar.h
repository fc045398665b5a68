// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Below the list: how many records are shown and selected, what can be done with these, and how far
 * that is while it is done. */
#define YEJI_TYPE_BULK_BAR (yeji_bulk_bar_get_type ())

G_DECLARE_FINAL_TYPE (YejiBulkBar, yeji_bulk_bar, YEJI, BULK_BAR, AdwBin)

GtkWidget *yeji_bulk_bar_new          (void);
void       yeji_bulk_bar_set_numbers  (YejiBulkBar *self,
                                       guint        n_shown,
                                       guint        n_selected);
void       yeji_bulk_bar_set_obstacle (YejiBulkBar *self,
                                       const char  *why);
void       yeji_bulk_bar_set_in_bin   (YejiBulkBar *self,
                                       gboolean     in_bin);
void       yeji_bulk_bar_set_progress (YejiBulkBar *self,
                                       const char  *text,
                                       double       fraction);
gboolean   yeji_bulk_bar_is_busy      (YejiBulkBar *self);

G_END_DECLS

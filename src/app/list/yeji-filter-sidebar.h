// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-filters.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The enterprise, what can be shown of its records and how many these are, and tray and bin apart.
 * Signals "selected" (guint YejiFilter) when another one was chosen, "tray" when the tray was. */
#define YEJI_TYPE_FILTER_SIDEBAR (yeji_filter_sidebar_get_type ())

G_DECLARE_FINAL_TYPE (YejiFilterSidebar, yeji_filter_sidebar, YEJI, FILTER_SIDEBAR, AdwBin)

GtkWidget *yeji_filter_sidebar_new            (void);
void       yeji_filter_sidebar_select         (YejiFilterSidebar *self,
                                               YejiFilter         filter);
YejiFilter yeji_filter_sidebar_get_selected   (YejiFilterSidebar *self);
void       yeji_filter_sidebar_set_count      (YejiFilterSidebar *self,
                                               YejiFilter         filter,
                                               guint              count);
void       yeji_filter_sidebar_select_tray    (YejiFilterSidebar *self);
gboolean   yeji_filter_sidebar_is_tray        (YejiFilterSidebar *self);
void       yeji_filter_sidebar_set_tray_count (YejiFilterSidebar *self,
                                               guint              count);
void       yeji_filter_sidebar_set_enterprise (YejiFilterSidebar *self,
                                               const char        *name);
void       yeji_filter_sidebar_set_account    (YejiFilterSidebar *self,
                                               const char        *account);
void       yeji_filter_sidebar_grab           (YejiFilterSidebar *self);

G_END_DECLS

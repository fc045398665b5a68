// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The way back from a row that was gone to through a link. It gives the widget around it that has
 * the forms the actions "place.go-to" (table, row, field) and "place.back", and says where to go by
 * its signal "chosen" (table, row, field). It is there only while there is a way back. */
#define YEJI_TYPE_PLACES_BAR (yeji_places_bar_get_type ())

G_DECLARE_FINAL_TYPE (YejiPlacesBar, yeji_places_bar, YEJI, PLACES_BAR, GtkBox)

void     yeji_places_bar_set_draft (YejiPlacesBar *self,
                                    YejiDraft     *draft);
void     yeji_places_bar_attach    (YejiPlacesBar *self,
                                    GtkWidget     *owner);
gboolean yeji_places_bar_go_back   (GtkWidget     *owner);

G_END_DECLS

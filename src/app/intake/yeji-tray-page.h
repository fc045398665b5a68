// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-place-picker.h"
#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The files that came in and that nobody could match, and where they can be put. Signals "counted"
 * (guint) when another number of them waits, and "done" (const char *text, const char *batch) after
 * something that can be undone. */
#define YEJI_TYPE_TRAY_PAGE (yeji_tray_page_get_type ())

G_DECLARE_FINAL_TYPE (YejiTrayPage, yeji_tray_page, YEJI, TRAY_PAGE, AdwBin)

void             yeji_tray_page_set_store  (YejiTrayPage *self,
                                            YejiStore    *store);
guint            yeji_tray_page_get_n      (YejiTrayPage *self);
gboolean         yeji_tray_page_is_read    (YejiTrayPage *self);
void             yeji_tray_page_grab       (YejiTrayPage *self);
YejiPlacePicker *yeji_tray_page_get_picker (YejiTrayPage *self);
GtkSelectionModel *yeji_tray_page_get_selection (YejiTrayPage *self);

G_END_DECLS

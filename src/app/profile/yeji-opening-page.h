// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a window shows while it has no profile. Signals "retry", "unlock" (const char *phrase) and
 * "restore" (const char *path of a backup). */
#define YEJI_TYPE_OPENING_PAGE (yeji_opening_page_get_type ())

G_DECLARE_FINAL_TYPE (YejiOpeningPage, yeji_opening_page, YEJI, OPENING_PAGE, AdwBin)

GtkWidget  *yeji_opening_page_new         (const char       *directory);
void        yeji_opening_page_show_busy   (YejiOpeningPage  *self,
                                           const char       *title,
                                           const char       *text);
void        yeji_opening_page_show_error  (YejiOpeningPage  *self,
                                           const GError     *error,
                                           GPtrArray        *backups,
                                           const char       *note);
const char *yeji_opening_page_get_name    (YejiOpeningPage  *self);
const char *yeji_opening_page_get_text    (YejiOpeningPage  *self);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Tells of what happened to the profile and was not dismissed yet. Signal "quiet" (const char
 * *text): something that is told in passing, once. */
#define YEJI_TYPE_NOTICES_BAR (yeji_notices_bar_get_type ())

G_DECLARE_FINAL_TYPE (YejiNoticesBar, yeji_notices_bar, YEJI, NOTICES_BAR, AdwBin)

GtkWidget  *yeji_notices_bar_new      (YejiStore       *store);
void        yeji_notices_bar_dismiss  (YejiNoticesBar  *self);
const char *yeji_notices_bar_get_text (YejiNoticesBar  *self);

G_END_DECLS

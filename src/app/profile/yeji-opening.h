// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-opening-page.h"
#include "yeji-window.h"

G_BEGIN_DECLS

/* A window's way to its profile: what it shows until there is one, and what the clerk can do when
 * it cannot be opened. Signal "opened" (YejiStore): the window has its own contents again and takes
 * the profile. Signal "gone": the window was closed before that, and nothing goes on any more. One
 * of them comes, once. */
#define YEJI_TYPE_OPENING (yeji_opening_get_type ())

G_DECLARE_FINAL_TYPE (YejiOpening, yeji_opening, YEJI, OPENING, GObject)

YejiOpening     *yeji_opening_new      (YejiWindow   *window,
                                        const char   *directory);
void             yeji_opening_start    (YejiOpening  *self);
void             yeji_opening_restore  (YejiOpening  *self,
                                        const char   *backup);
YejiOpeningPage *yeji_opening_get_page (YejiOpening  *self);

G_END_DECLS

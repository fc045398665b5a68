// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <adwaita.h>

#include "yeji-store.h"

G_BEGIN_DECLS

/* What an enterprise without a single record sees: the first time ways to begin, all of which can
 * be skipped, and afterwards how to make a record. Signal "named" (const char *name) when the name
 * of the enterprise was saved. */
#define YEJI_TYPE_WELCOME_PAGE (yeji_welcome_page_get_type ())

G_DECLARE_FINAL_TYPE (YejiWelcomePage, yeji_welcome_page, YEJI, WELCOME_PAGE, AdwBin)

GtkWidget *yeji_welcome_page_new        (void);
void       yeji_welcome_page_set_store  (YejiWelcomePage *self,
                                         YejiStore       *store);
void       yeji_welcome_page_skip       (YejiWelcomePage *self);
gboolean   yeji_welcome_page_is_welcome (YejiWelcomePage *self);

G_END_DECLS

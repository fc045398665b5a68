// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What a draft holds that its dictionary has no place for: read, copied, or dropped when the clerk
 * says so twice. */
#define YEJI_TYPE_ASIDE_PAGE (yeji_aside_page_get_type ())

G_DECLARE_FINAL_TYPE (YejiAsidePage, yeji_aside_page, YEJI, ASIDE_PAGE, AdwBin)

GtkWidget *yeji_aside_page_new    (YejiDraft       *draft);
GtkWidget *yeji_aside_page_ask    (YejiAsidePage   *self,
                                   const YejiAside *aside);

G_END_DECLS

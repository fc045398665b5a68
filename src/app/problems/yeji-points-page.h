// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The reviewer's points as a checklist. Signal "chosen" (point) when one is to be gone to,
 * "changed" when another number of them is done. */
#define YEJI_TYPE_POINTS_PAGE (yeji_points_page_get_type ())

G_DECLARE_FINAL_TYPE (YejiPointsPage, yeji_points_page, YEJI, POINTS_PAGE, AdwBin)

void  yeji_points_page_set_draft  (YejiPointsPage *self,
                                   YejiDraft      *draft);
guint yeji_points_page_get_n_open (YejiPointsPage *self);

G_END_DECLS

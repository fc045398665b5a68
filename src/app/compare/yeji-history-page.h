// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Every step of a draft, the newest first. Signal "chosen" (table, row, field): where to go. */
#define YEJI_TYPE_HISTORY_PAGE (yeji_history_page_get_type ())

G_DECLARE_FINAL_TYPE (YejiHistoryPage, yeji_history_page, YEJI, HISTORY_PAGE, AdwBin)

GtkWidget *yeji_history_page_new       (void);
void       yeji_history_page_set_draft (YejiHistoryPage    *self,
                                        YejiDraft          *draft);
void       yeji_history_page_set_place (YejiHistoryPage    *self,
                                        YejiRow            *row,
                                        const YejiFieldDef *field);
void       yeji_history_page_show_only (YejiHistoryPage    *self,
                                        gboolean            only);

G_END_DECLS

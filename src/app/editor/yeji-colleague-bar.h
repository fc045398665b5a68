// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <adwaita.h>

#include "yeji-draft.h"

G_BEGIN_DECLS

/* Says in the editor who edits the record on another computer. */
#define YEJI_TYPE_COLLEAGUE_BAR (yeji_colleague_bar_get_type ())

G_DECLARE_FINAL_TYPE (YejiColleagueBar, yeji_colleague_bar, YEJI, COLLEAGUE_BAR, AdwBin)

void        yeji_colleague_bar_set_draft (YejiColleagueBar *self,
                                          YejiDraft        *draft);
const char *yeji_colleague_bar_get_text  (YejiColleagueBar *self);

G_END_DECLS

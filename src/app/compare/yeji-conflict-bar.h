// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Says in the editor that the province changed what the clerk changed, and leads to the choice. */
#define YEJI_TYPE_CONFLICT_BAR (yeji_conflict_bar_get_type ())

G_DECLARE_FINAL_TYPE (YejiConflictBar, yeji_conflict_bar, YEJI, CONFLICT_BAR, AdwBin)

void        yeji_conflict_bar_set_draft (YejiConflictBar *self,
                                         YejiDraft       *draft);
const char *yeji_conflict_bar_get_text  (YejiConflictBar *self);
const char *yeji_conflicts_get_names    (YejiDraft       *draft);

G_END_DECLS

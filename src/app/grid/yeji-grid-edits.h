// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-grid-area.h"
#include "yeji-grid-model.h"
#include "yeji-paste-plan.h"

G_BEGIN_DECLS

/* What is done to a block of cells or rows. Each is one step of the history. */

char  *yeji_grid_edits_copy       (YejiGridModel       *model,
                                   const YejiGridBlock *block);
gboolean yeji_grid_edits_is_personal (YejiGridModel     *model,
                                   const YejiGridBlock *block);
guint  yeji_grid_edits_clear      (YejiGridModel       *model,
                                   const YejiGridBlock *block);
guint  yeji_grid_edits_fill_down  (YejiGridModel       *model,
                                   const YejiGridBlock *block);
guint  yeji_grid_edits_duplicate  (YejiGridModel       *model,
                                   const YejiGridBlock *block);
guint  yeji_grid_edits_remove     (YejiGridModel       *model,
                                   const YejiGridBlock *block);
gboolean yeji_grid_edits_move     (YejiGridModel       *model,
                                   const YejiGridBlock *block,
                                   guint                to);
gboolean yeji_grid_edits_read_day (YejiDraft           *draft,
                                   YejiRow             *row,
                                   const YejiFieldDef  *field);
guint  yeji_grid_edits_paste      (YejiGridModel       *model,
                                   const YejiPastePlan *plan,
                                   gboolean             as_typed);

G_END_DECLS

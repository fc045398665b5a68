// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What stands above a record: its title, role and state, what can be done with it as a whole, and
 * what the province said. Property "pane-shown" is the button of the pane at the side. */
#define YEJI_TYPE_EDITOR_HEAD (yeji_editor_head_get_type ())

G_DECLARE_FINAL_TYPE (YejiEditorHead, yeji_editor_head, YEJI, EDITOR_HEAD, AdwBin)

void yeji_editor_head_set_draft (YejiEditorHead *self,
                                 YejiDraft      *draft);
void yeji_editor_head_set_bars_shown (YejiEditorHead *self,
                                 gboolean        shown);

G_END_DECLS

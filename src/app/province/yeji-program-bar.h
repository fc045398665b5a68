// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sync-engine.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Says that the province recommends a later version of the program, and where it is. */
#define YEJI_TYPE_PROGRAM_BAR (yeji_program_bar_get_type ())

G_DECLARE_FINAL_TYPE (YejiProgramBar, yeji_program_bar, YEJI, PROGRAM_BAR, AdwBin)

void        yeji_program_bar_watch    (YejiProgramBar *self,
                                       YejiStore      *store,
                                       YejiSyncEngine *engine);
const char *yeji_program_bar_get_text (YejiProgramBar *self);

G_END_DECLS

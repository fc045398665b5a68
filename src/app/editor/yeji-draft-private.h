// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

G_BEGIN_DECLS

/* What the other files of the draft need of it. */
void           yeji_draft_touch            (YejiDraft  *self,
                                            const char *why);
YejiValidator *yeji_draft_get_validator    (YejiDraft  *self);
GStrv          yeji_draft_get_filled_slots (YejiDraft  *self);

G_END_DECLS

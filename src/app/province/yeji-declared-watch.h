// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

G_BEGIN_DECLS

void yeji_declared_watch     (YejiDraft *draft);
void yeji_declared_watch_set_pauses (guint typing,
                              guint failure);

G_END_DECLS

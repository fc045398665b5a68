// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-facts.h"
#include "yeji-store.h"

G_BEGIN_DECLS

void yeji_draft_note_facts (YejiStore       *store,
                            YejiRecord      *record,
                            const YejiFacts *facts);

G_END_DECLS

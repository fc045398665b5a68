// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-merge.h"

G_BEGIN_DECLS

void yeji_merge_notes (YejiRecord *merged,
                       YejiRecord *base,
                       YejiRecord *mine,
                       YejiRecord *theirs);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-comparison.h"

G_BEGIN_DECLS

void     yeji_difference_apply  (const YejiDifference *self,
                                 YejiRecord           *record,
                                 YejiSide              side);
gboolean yeji_difference_agrees (const YejiDifference *self,
                                 YejiRecord           *record,
                                 YejiSide              side);

G_END_DECLS

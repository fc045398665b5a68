// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

YejiRecord *yeji_merge_records (YejiRecord *base,
                                YejiRecord *mine,
                                YejiRecord *theirs);
void        yeji_merge_platform_values (YejiRecord *mine,
                                YejiRecord *theirs);

G_END_DECLS

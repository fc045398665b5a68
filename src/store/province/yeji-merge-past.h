// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

YejiRecord *yeji_merge_past (YejiRecord *base,
                             YejiRecord *mine,
                             YejiRecord *theirs,
                             GPtrArray  *lines,
                             gboolean    restored,
                             guint      *n_places);

G_END_DECLS

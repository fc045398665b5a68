// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

/* Of a row for which the other record has none. */
#define YEJI_NO_MATCH G_MAXUINT

guint *yeji_rows_match (YejiRecord         *self,
                        YejiRecord         *other,
                        const YejiTableDef *table);

G_END_DECLS

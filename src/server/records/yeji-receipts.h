// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-case.h"

G_BEGIN_DECLS

char *yeji_receipts_write (YejiServerContext  *context,
                           YejiSql            *sql,
                           YejiCase           *found,
                           GError            **error);

G_END_DECLS

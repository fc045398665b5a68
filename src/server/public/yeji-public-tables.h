// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-public-page.h"

G_BEGIN_DECLS

void yeji_public_tables_add (YejiPublicPage *page,
                             YejiRecord     *record);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

GPtrArray *yeji_code_offer_get (YejiDictionary     *dictionary,
                                YejiRow            *row,
                                const YejiFieldDef *field);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-normaliser.h"
#include "yeji-problem.h"
#include "yeji-record.h"

G_BEGIN_DECLS

GPtrArray  *yeji_suggest          (YejiNormaliser     *normaliser,
                                   YejiRecord         *record,
                                   YejiRow            *row,
                                   const YejiFieldDef *field,
                                   YejiProblem        *problem);
const char *yeji_suggest_describe (const char         *reason);

G_END_DECLS

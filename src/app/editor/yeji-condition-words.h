// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

char *yeji_condition_to_words (const YejiCondition *condition);

G_END_DECLS

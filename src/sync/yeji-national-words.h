// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-national.h"

G_BEGIN_DECLS

const char *yeji_national_words_label (YejiNationalState   state);
char       *yeji_national_words       (const YejiNational *national);

G_END_DECLS

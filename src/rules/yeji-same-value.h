// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-normaliser.h"

G_BEGIN_DECLS

gboolean yeji_value_is_same (YejiNormaliser     *normaliser,
                             const YejiFieldDef *field,
                             const char         *first,
                             const char         *second);

G_END_DECLS

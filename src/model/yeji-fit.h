// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

gboolean yeji_field_def_fits (const YejiFieldDef *self,
                              YejiDictionary     *dictionary,
                              const char         *value);

G_END_DECLS

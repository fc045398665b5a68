// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

GPtrArray *yeji_field_demand_find  (YejiDictionary     *dictionary,
                                    const YejiFieldDef *field);
gboolean   yeji_field_demand_holds (const YejiFieldDef *field,
                                    GPtrArray          *demands,
                                    YejiRecord         *record,
                                    YejiRow            *row);

G_END_DECLS

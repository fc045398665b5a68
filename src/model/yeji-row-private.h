// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-row.h"

G_BEGIN_DECLS

void yeji_row_set_texts (YejiRow     *self,
                         const char  *texts,
                         gsize        size,
                         const gsize *starts);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-page-view.h"

G_BEGIN_DECLS

void yeji_preview_keys_add (GtkWidget    *preview,
                            YejiPageView *view);

G_END_DECLS

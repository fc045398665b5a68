// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwToast *yeji_toast_show          (AdwToastOverlay *overlay,
                                    const char      *text);
void      yeji_toast_make_undoable (AdwToast        *toast);

G_END_DECLS

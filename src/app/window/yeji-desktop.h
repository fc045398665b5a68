// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void     yeji_desktop_load_icons    (void);
void     yeji_desktop_follow        (void);
gboolean yeji_desktop_check_printer (GError **error);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-notices-bar.h"
#include "yeji-window.h"

G_BEGIN_DECLS

void            yeji_window_notices_install (GtkWidgetClass *klass);
void            yeji_window_notices_watch   (YejiWindow     *window,
                                             YejiStore      *store);
YejiNoticesBar *yeji_window_notices_get_bar (YejiWindow     *window);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-desk.h"
#include "yeji-window.h"

G_BEGIN_DECLS

void yeji_window_intake_watch   (YejiWindow     *window,
                                 YejiDesk       *desk);
void yeji_window_intake_take    (YejiWindow     *window,
                                 GListModel     *files,
                                 const char     *uuid);
void yeji_window_intake_install (GtkWidgetClass *klass);

G_END_DECLS

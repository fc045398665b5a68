// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-window.h"

G_BEGIN_DECLS

void yeji_window_history_install       (GtkWidgetClass  *klass);
void yeji_window_history_watch         (YejiWindow      *window);
void yeji_window_history_update        (YejiWindow      *window);
void yeji_window_history_show_imported (YejiWindow      *window,
                                        YejiStore       *store,
                                        const char      *text,
                                        const char      *batch);

G_END_DECLS

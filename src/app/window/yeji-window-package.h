// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-window.h"

G_BEGIN_DECLS

GtkWidget *yeji_window_package_hand_over    (YejiWindow         *window,
                                             const char *const  *uuids);
GtkWidget *yeji_window_package_take         (YejiWindow         *window,
                                             const char         *path);
gboolean   yeji_window_package_take_dropped (YejiWindow         *window,
                                             GListModel         *files);
void       yeji_window_package_install      (GtkWidgetClass     *klass);

G_END_DECLS

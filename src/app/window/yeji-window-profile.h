// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-window.h"

G_BEGIN_DECLS

void       yeji_window_profile_watch           (YejiWindow      *window,
                                                YejiStore       *store);
GtkWidget *yeji_window_profile_show_backups    (YejiWindow      *window);
GtkWidget *yeji_window_profile_show_protection (YejiWindow      *window);
void       yeji_window_profile_install         (GtkWidgetClass  *klass);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary-bar.h"
#include "yeji-window.h"

G_BEGIN_DECLS

void       yeji_window_dictionary_install      (GtkWidgetClass    *klass);
void       yeji_window_dictionary_watch        (YejiWindow        *window,
                                                YejiDictionaryBar *bar,
                                                YejiStore         *store,
                                                YejiSyncEngine    *engine);
void       yeji_window_dictionary_arrive       (YejiWindow        *window,
                                                YejiDraft         *draft);
GtkWidget *yeji_window_dictionary_ask          (YejiWindow        *window);
GtkWidget *yeji_window_dictionary_show_reports (YejiWindow        *window);

G_END_DECLS

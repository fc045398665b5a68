// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-window.h"

G_BEGIN_DECLS

GtkWidget *yeji_window_import_table        (YejiWindow     *window,
                                            const char     *path);
void       yeji_window_import_take         (YejiWindow     *window,
                                            GListModel     *files);
gboolean   yeji_window_import_take_dropped (YejiWindow     *window,
                                            GListModel     *files);
void       yeji_window_import_install      (GtkWidgetClass *klass);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-window.h"

G_BEGIN_DECLS

void yeji_window_records_watch   (YejiWindow     *window,
                                  YejiStore      *store);
void yeji_window_records_install (GtkWidgetClass *klass);
void yeji_window_records_update_account (YejiWindow *window);

G_END_DECLS

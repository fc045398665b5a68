// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-window.h"

G_BEGIN_DECLS

void yeji_window_template_install (GtkWidgetClass *klass);
void yeji_window_template_save    (YejiWindow     *window,
                                   GFile          *file);

G_END_DECLS

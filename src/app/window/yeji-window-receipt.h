// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-window.h"

G_BEGIN_DECLS

GtkWidget *yeji_window_receipt_show    (YejiWindow      *window);
void       yeji_window_receipt_install (GtkWidgetClass  *klass);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-package.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *yeji_take_row_new     (const YejiTakeItem   *item);
char      *yeji_take_row_sum_up  (const YejiTakeReport *report);

G_END_DECLS

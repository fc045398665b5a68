// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*YejiSubmitFirstFunc) (gpointer data);

GtkWidget *yeji_submit_first_ask (GtkWindow           *parent,
                                  guint                n_records,
                                  YejiSubmitFirstFunc  func,
                                  gpointer             data);

G_END_DECLS

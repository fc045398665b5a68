// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*YejiTakeOverFunc) (GtkWindow  *parent,
                                  const char *path);

void  yeji_take_over_choose (GtkWindow            *parent,
                             YejiTakeOverFunc      func);
void  yeji_take_over_async  (GtkWindow            *parent,
                             const char           *path,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
char *yeji_take_over_finish (GAsyncResult         *result,
                             GError              **error);

G_END_DECLS

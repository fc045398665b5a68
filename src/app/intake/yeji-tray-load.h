// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-tray-item.h"

G_BEGIN_DECLS

void       yeji_tray_load_async  (YejiStore            *store,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
GPtrArray *yeji_tray_load_finish (GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

void       yeji_opener_open_async    (const char           *directory,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
void       yeji_opener_unlock_async  (const char           *directory,
                                      const char           *phrase,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
void       yeji_opener_forget_async  (const char           *directory,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
void       yeji_opener_restore_async (const char           *directory,
                                      const char           *backup,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
YejiStore *yeji_opener_finish        (GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS

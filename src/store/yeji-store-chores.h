// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* What a profile needs done now and then; each chore knows itself when it is due. */
gboolean yeji_store_do_chores        (YejiStore            *self,
                                      GCancellable         *cancellable,
                                      GError              **error);
gboolean yeji_store_do_brief_chores  (YejiStore            *self,
                                      GCancellable         *cancellable,
                                      GError              **error);
void     yeji_store_do_chores_async  (YejiStore            *self,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean yeji_store_do_chores_finish (YejiStore            *self,
                                      GAsyncResult         *result,
                                      GError              **error);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

void     yeji_samples_add_async   (YejiStore            *store,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
gboolean yeji_samples_add_finish  (GAsyncResult         *result,
                                   GError              **error);
void     yeji_samples_list_async  (YejiStore            *store,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
GStrv    yeji_samples_list_finish (GAsyncResult         *result,
                                   GError              **error);

G_END_DECLS

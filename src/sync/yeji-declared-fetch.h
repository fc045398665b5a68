// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-province.h"

G_BEGIN_DECLS

gboolean   yeji_declared_fetch_run     (YejiStore      *store,
                                        YejiProvince   *province,
                                        gboolean        changes,
                                        GCancellable   *cancellable,
                                        GError        **error);
gboolean   yeji_declared_confirm       (YejiStore      *store,
                                        YejiProvince   *province,
                                        GPtrArray      *numbers,
                                        GCancellable   *cancellable,
                                        GError        **error);
void       yeji_declared_confirm_async (YejiStore           *store,
                                        GPtrArray           *numbers,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean   yeji_declared_confirm_finish (GAsyncResult       *result,
                                        GError             **error);
GPtrArray *yeji_declared_list_probable (YejiStore      *store,
                                        YejiRecord     *record);

G_END_DECLS

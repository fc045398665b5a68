// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

void       yeji_importer_run_async  (YejiStore           *store,
                                     GListModel          *files,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean   yeji_importer_run_finish (GAsyncResult        *result,
                                     guint               *n_records,
                                     GError             **error);
void       yeji_importer_read_async (YejiStore           *store,
                                     GFile               *file,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GPtrArray *yeji_importer_read_finish (GAsyncResult       *result,
                                     GError             **error);

G_END_DECLS

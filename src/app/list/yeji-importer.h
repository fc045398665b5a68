// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-undo.h"

G_BEGIN_DECLS

void       yeji_importer_run_async  (YejiStore           *store,
                                     GListModel          *files,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean   yeji_importer_run_finish (GAsyncResult        *result,
                                     guint               *n_records,
                                     char               **batch,
                                     GError             **error);
void       yeji_importer_read_async (YejiStore           *store,
                                     GFile               *file,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GPtrArray *yeji_importer_read_finish (GAsyncResult       *result,
                                     GError             **error);

void       yeji_importer_undo_async (YejiStore           *store,
                                     const char          *batch,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
YejiBatchUndo *yeji_importer_undo_finish (GAsyncResult   *result,
                                     GError             **error);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GFile    *yeji_document_copy        (YejiStore            *store,
                                     YejiAttachment       *attachment,
                                     GCancellable         *cancellable,
                                     GError              **error);
void      yeji_document_open_async  (YejiStore            *store,
                                     YejiAttachment       *attachment,
                                     GtkWindow            *parent,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean  yeji_document_open_finish (GAsyncResult         *result,
                                     GError              **error);

/* Another computer attached it, and nobody has looked at it here yet. */
gboolean yeji_document_is_elsewhere (YejiStore      *store,
                                     YejiAttachment *attachment);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Small pictures of pages: kept in memory, and the first page of each document in the profile. */
GdkTexture *yeji_thumbnails_peek        (YejiAttachment       *attachment,
                                         guint                 page,
                                         guint                *n_pages);
guint       yeji_thumbnails_count_pages (YejiAttachment       *attachment);
void        yeji_thumbnails_load_async  (YejiStore            *store,
                                         YejiAttachment       *attachment,
                                         guint                 page,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GdkTexture *yeji_thumbnails_load_finish (GAsyncResult         *result,
                                         guint                *n_pages,
                                         GError              **error);
void        yeji_thumbnails_sweep       (YejiStore            *store);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-province.h"

G_BEGIN_DECLS

gboolean    yeji_fetcher_fill     (YejiStore      *store,
                                   YejiProvince   *province,
                                   GPtrArray      *answers,
                                   GCancellable   *cancellable,
                                   GError        **error);
gboolean    yeji_fetcher_get_file (YejiStore      *store,
                                   YejiProvince   *province,
                                   const char     *uuid,
                                   const char     *sha256,
                                   GCancellable   *cancellable,
                                   GError        **error);

/* Blocking and for the window: what is not here yet of one document, or of all of a record. */
gboolean    yeji_fetcher_run        (YejiStore           *store,
                                     const char          *uuid,
                                     const char          *sha256,
                                     guint               *n_fetched,
                                     GCancellable        *cancellable,
                                     GError             **error);
void        yeji_fetcher_run_async  (YejiStore           *store,
                                     const char          *uuid,
                                     const char          *sha256,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean    yeji_fetcher_run_finish (GAsyncResult        *result,
                                     GError             **error);

G_END_DECLS

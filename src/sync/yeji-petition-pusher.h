// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-petition.h"
#include "yeji-province.h"

G_BEGIN_DECLS

gboolean yeji_petition_push_due     (YejiStore     *store,
                                     YejiProvince  *province,
                                     gint64         now,
                                     guint         *n_sent,
                                     guint         *n_refused,
                                     GCancellable  *cancellable,
                                     GError       **error);
gboolean yeji_petition_has_due      (YejiStore     *store,
                                     gboolean       files_only,
                                     gboolean      *due,
                                     GError       **error);

/* Takes one back at the province, if nobody has decided on it. */
gboolean yeji_petition_cancel       (YejiStore     *store,
                                     const char    *id,
                                     GCancellable  *cancellable,
                                     GError       **error);
void     yeji_petition_cancel_async (YejiStore           *store,
                                     const char          *id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean yeji_petition_cancel_finish (GAsyncResult       *result,
                                     GError             **error);

G_END_DECLS

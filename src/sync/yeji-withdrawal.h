// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-province.h"

G_BEGIN_DECLS

/* Characters of a reason, as the province limits it. */
#define YEJI_WITHDRAWAL_MAX_REASON 2000

gboolean yeji_withdrawal_check (YejiStore     *store,
                                const char    *uuid,
                                GError       **error);
gboolean yeji_withdrawal_run   (YejiStore     *store,
                                const char    *uuid,
                                const char    *reason,
                                GCancellable  *cancellable,
                                GError       **error);
void     yeji_withdrawal_run_async (YejiStore           *store,
                                const char          *uuid,
                                const char          *reason,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
gboolean yeji_withdrawal_run_finish (GAsyncResult   *result,
                                GError             **error);

G_END_DECLS

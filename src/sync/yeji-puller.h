// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-province.h"

G_BEGIN_DECLS

/* The setting that the store writes with the answers: up to where the changes are known. */
#define YEJI_PULLER_CURSOR "cursor"

gboolean yeji_puller_pull (YejiStore     *store,
                           YejiProvince  *province,
                           guint         *n_changes,
                           GCancellable  *cancellable,
                           GError       **error);
gboolean yeji_puller_wait (YejiStore     *store,
                           YejiProvince  *province,
                           gboolean      *news,
                           GCancellable  *cancellable,
                           GError       **error);

G_END_DECLS

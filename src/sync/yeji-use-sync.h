// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-province.h"

G_BEGIN_DECLS

gboolean yeji_use_sync_is_due (YejiStore     *store);
gboolean yeji_use_sync_run    (YejiStore     *store,
                               YejiProvince  *province,
                               GCancellable  *cancellable,
                               GError       **error);
gboolean yeji_use_sync_fetch  (YejiStore     *store,
                               YejiProvince  *province,
                               GCancellable  *cancellable,
                               GError       **error);

G_END_DECLS

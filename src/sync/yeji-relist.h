// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-healing.h"
#include "yeji-province.h"

G_BEGIN_DECLS

gboolean yeji_relist_apply (YejiStore     *store,
                            YejiProvince  *province,
                            GPtrArray     *answers,
                            const char    *cursor,
                            const char    *restored_at,
                            GCancellable  *cancellable,
                            GError       **error);
gboolean yeji_relist_check (YejiStore     *store,
                            YejiProvince  *province,
                            GPtrArray     *before,
                            GCancellable  *cancellable,
                            GError       **error);
GPtrArray *yeji_relist_reduce (GPtrArray  *answers);

G_END_DECLS

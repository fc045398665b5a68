// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sync-cycle.h"

G_BEGIN_DECLS

gboolean yeji_pusher_is_due (const YejiOutboxItem  *item,
                             gint64                 now);
gboolean yeji_pusher_push   (YejiStore             *store,
                             YejiProvince          *province,
                             const YejiOutboxItem  *item,
                             YejiSyncReport        *report,
                             GCancellable          *cancellable,
                             GError               **error);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-outbox.h"
#include "yeji-province.h"
#include "yeji-signed-receipt.h"

G_BEGIN_DECLS

gboolean yeji_receipt_accept        (YejiStore             *store,
                                     YejiProvince          *province,
                                     const YejiOutboxItem  *item,
                                     JsonObject            *answer,
                                     YejiAnswer            *receipt,
                                     GCancellable          *cancellable,
                                     GError               **error);
gboolean yeji_receipt_fetch         (YejiStore             *store,
                                     YejiProvince          *province,
                                     const char            *uuid,
                                     GCancellable          *cancellable,
                                     GError               **error);
gboolean yeji_receipt_fetch_missing (YejiStore             *store,
                                     YejiProvince          *province,
                                     GCancellable          *cancellable,
                                     GError               **error);

G_END_DECLS

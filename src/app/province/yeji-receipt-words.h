// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-transfer-store.h"

G_BEGIN_DECLS

char *yeji_receipt_to_words    (const YejiReceipt    *receipt);
void  yeji_receipt_load_async  (YejiStore            *store,
                                const char           *uuid,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
char *yeji_receipt_load_finish (GAsyncResult         *result);

G_END_DECLS

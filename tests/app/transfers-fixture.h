// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-transfers.h"

G_BEGIN_DECLS

void transfers_fixture_enqueue (YejiStore     *store,
                                const char    *uuid,
                                guint          n);
void transfers_fixture_update  (YejiTransfers *transfers,
                                guint          n_received);

G_END_DECLS

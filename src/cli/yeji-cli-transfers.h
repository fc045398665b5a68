// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sync-cycle.h"

G_BEGIN_DECLS

void yeji_cli_show_progress (const YejiTransferTotals *totals,
                             gpointer                  data);
void yeji_cli_tell_waiting  (const YejiSyncReport     *report);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

void yeji_cli_tell_recovery (YejiStore *store);
void yeji_cli_do_chores     (YejiStore *store);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-entry.h"

G_BEGIN_DECLS

const char *yeji_state_get_name (YejiState state);

G_END_DECLS

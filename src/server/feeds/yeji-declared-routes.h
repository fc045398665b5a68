// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-handlers.h"

G_BEGIN_DECLS

YEJI_DECLARE_HANDLER (yeji_declared_get_filter);
YEJI_DECLARE_HANDLER (yeji_declared_get_number);
gboolean yeji_declared_is_number (const char *text);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void yeji_test_extend_dictionary (const char *dir);

G_END_DECLS

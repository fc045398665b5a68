// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

int yeji_server_routes (const char *data_dir,
                        GStrv       arguments);

G_END_DECLS

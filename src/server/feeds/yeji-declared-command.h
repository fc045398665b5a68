// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YEJI_DECLARED_USAGE "SYSTEM FILE [--replace [--force]] [--dry-run] [--json]"

int yeji_declared_command (const char *data_dir,
                           GStrv       arguments);

G_END_DECLS

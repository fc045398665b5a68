// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Files as enterprises have them. */

void import_fixture_write_workbook (const char *path);
void import_fixture_write_list     (const char *path,
                                    guint       n_rows);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* As what a table is shown, which is remembered for each table. */
gboolean yeji_table_view_load (const char *table,
                               gboolean    by_default);
void     yeji_table_view_save (const char *table,
                               gboolean    as_grid);

G_END_DECLS

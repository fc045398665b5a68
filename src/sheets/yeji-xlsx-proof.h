// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint    yeji_xlsx_get_sheet_number (const char *name);
gboolean yeji_xlsx_prove (const char    *path,
                          const gint64  *sizes,
                          guint          n,
                          GError       **error);

G_END_DECLS

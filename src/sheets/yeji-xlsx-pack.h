// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <stdio.h>

#include <glib.h>

G_BEGIN_DECLS

gboolean yeji_xlsx_pack (const char    *from,
                         const char    *to,
                         FILE * const  *rows,
                         const gint64  *sizes,
                         guint          n,
                         GError       **error);

G_END_DECLS

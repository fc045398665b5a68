// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a clipboard may hold: more is no table that anybody has selected on purpose. */
#define YEJI_TSV_MAX_BYTES ((gsize) 32 << 20)
#define YEJI_TSV_MAX_ROWS 20000
#define YEJI_TSV_MAX_CELLS 1000000

GPtrArray *yeji_tsv_parse (const char  *text,
                           gssize       length,
                           GError     **error);
char      *yeji_tsv_write (GPtrArray   *rows);

G_END_DECLS

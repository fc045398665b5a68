// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-work.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * YejiImportColumns:
 *
 * Which sheet of a file is which table, and which column which field; the clerk changes it. Signal
 * "changed".
 */
#define YEJI_TYPE_IMPORT_COLUMNS (yeji_import_columns_get_type ())

G_DECLARE_FINAL_TYPE (YejiImportColumns, yeji_import_columns, YEJI, IMPORT_COLUMNS, GtkBox)

void yeji_import_columns_set_work  (YejiImportColumns  *self,
                                    YejiImportWork     *work);
void yeji_import_columns_show      (YejiImportColumns  *self,
                                    guint               sheet);
void yeji_import_columns_set_table (YejiImportColumns  *self,
                                    const YejiTableDef *table);
void yeji_import_columns_open      (YejiImportColumns  *self,
                                    guint               column);
void yeji_import_columns_choose    (YejiImportColumns  *self,
                                    guint               column,
                                    const char         *target);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-cell-card.h"

G_BEGIN_DECLS

/**
 * YejiImportSide:
 *
 * Beside the rows of a file: the cell of the cursor, all red cells, and what becomes of the
 * records. Signal "go-to" (const YejiImportPlace *place).
 */
#define YEJI_TYPE_IMPORT_SIDE (yeji_import_side_get_type ())

G_DECLARE_FINAL_TYPE (YejiImportSide, yeji_import_side, YEJI, IMPORT_SIDE, GtkBox)

void                yeji_import_side_set_desk (YejiImportSide        *self,
                                               YejiImportDesk        *desk,
                                               YejiNormaliser        *normaliser);
void                yeji_import_side_show     (YejiImportSide        *self,
                                               const YejiImportPlace *place);
YejiImportCellCard *yeji_import_side_get_card (YejiImportSide        *self);
void                yeji_import_side_show_records (YejiImportSide    *self);

G_END_DECLS

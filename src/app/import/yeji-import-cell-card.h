// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-desk.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * YejiImportCellCard:
 *
 * What is wrong with a cell of a file, and how it could be mended: suggestions, here or in all
 * cells that say the same.
 */
#define YEJI_TYPE_IMPORT_CELL_CARD (yeji_import_cell_card_get_type ())

G_DECLARE_FINAL_TYPE (YejiImportCellCard, yeji_import_cell_card, YEJI, IMPORT_CELL_CARD, GtkBox)

void        yeji_import_cell_card_set_desk   (YejiImportCellCard    *self,
                                              YejiImportDesk        *desk,
                                              YejiNormaliser        *normaliser);
void        yeji_import_cell_card_show       (YejiImportCellCard    *self,
                                              const YejiImportPlace *place);
const char *yeji_import_cell_card_get_reason (YejiImportCellCard    *self);
gboolean    yeji_import_cell_card_take       (YejiImportCellCard    *self,
                                              gboolean               everywhere);
gboolean    yeji_import_cell_card_is_wide    (YejiImportCellCard    *self);

G_END_DECLS

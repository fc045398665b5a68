// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-plan.h"

G_BEGIN_DECLS

/* What is found in a file that is imported, as the clerk reads it. */

const char *yeji_import_how_to_text     (YejiImportHow           how);
const char *yeji_import_how_to_icon     (YejiImportHow           how);
const char *yeji_import_how_to_style    (YejiImportHow           how);
const char *yeji_import_key_to_text     (YejiImportKey           key);
char       *yeji_import_column_to_text  (const YejiImportSheet  *sheet,
                                         const YejiImportColumn *column);
char       *yeji_import_sheet_to_text   (const YejiImportSheet  *sheet);
const char *yeji_import_fate_to_text    (YejiImportFate          fate);
const char *yeji_import_fate_to_help    (YejiImportFate          fate);
const char *yeji_import_fate_to_style   (YejiImportFate          fate);
const char *yeji_import_fate_to_icon    (YejiImportFate          fate);
char       *yeji_import_item_to_text    (const YejiImportItem   *item,
                                         guint                   n_bad);
char       *yeji_import_cell_to_text    (const YejiImportCell   *cell);
char       *yeji_import_cell_mask       (const YejiImportCell   *cell);
char       *yeji_import_place_to_text   (YejiImportFile         *file,
                                         const YejiImportPlace  *place);
char       *yeji_import_explain         (YejiImportFile         *file,
                                         const YejiImportPlace  *place);

G_END_DECLS

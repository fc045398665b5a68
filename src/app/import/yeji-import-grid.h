// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-grid-view.h"
#include "yeji-import-source.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * YejiImportGrid:
 *
 * A sheet of a file as a grid in which red cells are mended. Signals: "cursor-moved"; "typed"
 * (const char *text) after something was typed or chosen for the cell of the cursor; "take"
 * (gboolean everywhere) when the suggestion for it is to be taken.
 */
#define YEJI_TYPE_IMPORT_GRID (yeji_import_grid_get_type ())

G_DECLARE_FINAL_TYPE (YejiImportGrid, yeji_import_grid, YEJI, IMPORT_GRID, AdwBin)

void              yeji_import_grid_set_source (YejiImportGrid   *self,
                                               YejiImportSource *source);
YejiImportSource *yeji_import_grid_get_source (YejiImportGrid   *self);
YejiGridView     *yeji_import_grid_get_view   (YejiImportGrid   *self);
gboolean          yeji_import_grid_get_place  (YejiImportGrid   *self,
                                               YejiImportPlace  *place);
void              yeji_import_grid_go         (YejiImportGrid   *self,
                                               guint             row,
                                               guint             column);
void              yeji_import_grid_edit       (YejiImportGrid   *self,
                                               const char       *text);
void              yeji_import_grid_commit     (YejiImportGrid   *self);
gboolean          yeji_import_grid_press      (YejiImportGrid   *self,
                                               guint             keyval,
                                               GdkModifierType   state);

G_END_DECLS

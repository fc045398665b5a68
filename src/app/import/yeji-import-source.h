// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-grid-source.h"
#include "yeji-import-file.h"

G_BEGIN_DECLS

/**
 * YejiImportSource:
 *
 * A sheet of a file as a grid shows it, all rows or those with red cells, without what is left out:
 * a #YejiGridSource. It asks the file for each cell and keeps none.
 */
#define YEJI_TYPE_IMPORT_SOURCE (yeji_import_source_get_type ())

G_DECLARE_FINAL_TYPE (YejiImportSource, yeji_import_source, YEJI, IMPORT_SOURCE, GObject)

YejiImportSource *yeji_import_source_new          (YejiImportFile        *file,
                                                   guint                  sheet);
YejiImportFile   *yeji_import_source_get_file     (YejiImportSource      *self);
guint             yeji_import_source_get_sheet    (YejiImportSource      *self);
void              yeji_import_source_set_only_bad (YejiImportSource      *self,
                                                   gboolean               only_bad);
gboolean          yeji_import_source_get_only_bad (YejiImportSource      *self);
void              yeji_import_source_get_place    (YejiImportSource      *self,
                                                   guint                  row,
                                                   guint                  column,
                                                   YejiImportPlace       *place);
gboolean          yeji_import_source_find         (YejiImportSource      *self,
                                                   const YejiImportPlace *place,
                                                   guint                 *row,
                                                   guint                 *column);
void              yeji_import_source_tell         (YejiImportSource      *self,
                                                   const YejiImportPlace *place);

G_END_DECLS

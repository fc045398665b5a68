// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-grid.h"
#include "yeji-import-side.h"

G_BEGIN_DECLS

/**
 * YejiImportPreview:
 *
 * The rows of a file before they are imported: red cells, what becomes of the records, and what
 * can be done. Actions: "preview.next", "preview.previous", "preview.undo".
 */
#define YEJI_TYPE_IMPORT_PREVIEW (yeji_import_preview_get_type ())

G_DECLARE_FINAL_TYPE (YejiImportPreview, yeji_import_preview, YEJI, IMPORT_PREVIEW, GtkBox)

void            yeji_import_preview_set_desk     (YejiImportPreview     *self,
                                                  YejiImportDesk        *desk,
                                                  YejiNormaliser        *normaliser);
gboolean        yeji_import_preview_go           (YejiImportPreview     *self,
                                                  const YejiImportPlace *place);
gboolean        yeji_import_preview_step         (YejiImportPreview     *self,
                                                  int                    step);
void            yeji_import_preview_set_only_bad (YejiImportPreview     *self,
                                                  gboolean               only_bad);
YejiImportGrid *yeji_import_preview_get_grid     (YejiImportPreview     *self);
YejiImportSide *yeji_import_preview_get_side     (YejiImportPreview     *self);
YejiImportDesk *yeji_import_preview_get_desk     (YejiImportPreview     *self);

G_END_DECLS

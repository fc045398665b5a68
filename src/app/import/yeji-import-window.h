// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-columns.h"
#include "yeji-import-preview.h"

G_BEGIN_DECLS

/* Imports a workbook or a list: where its columns go, its rows with the red cells, and then it is
 * done. Signal "done" (const char *text, const char *batch) when it was. */
#define YEJI_TYPE_IMPORT_WINDOW (yeji_import_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiImportWindow, yeji_import_window, YEJI, IMPORT_WINDOW, AdwWindow)

GtkWidget         *yeji_import_window_new         (GtkWindow        *parent,
                                                   YejiStore        *store,
                                                   const char       *path);
const char        *yeji_import_window_get_page    (YejiImportWindow *self);
YejiImportColumns *yeji_import_window_get_columns (YejiImportWindow *self);
YejiImportPreview *yeji_import_window_get_preview (YejiImportWindow *self);
gboolean           yeji_import_window_is_ready    (YejiImportWindow *self);
void               yeji_import_window_go_on       (YejiImportWindow *self);
void               yeji_import_window_show_columns (YejiImportWindow *self);
void               yeji_import_window_import      (YejiImportWindow *self,
                                                   gboolean          skip_bad);
void               yeji_import_window_save_bad    (YejiImportWindow *self,
                                                   const char       *path);

G_END_DECLS

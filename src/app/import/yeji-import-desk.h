// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-plan.h"

G_BEGIN_DECLS

/**
 * YejiImportDesk:
 *
 * A file that was read and the plan of its import, while the clerk mends cells. For the main
 * thread: what becomes of the records after a mend is found on another one, bit by bit. Signals:
 * "mended" (const YejiImportPlace *place) for each cell, and "changed" after anything else may
 * have changed.
 */
#define YEJI_TYPE_IMPORT_DESK (yeji_import_desk_get_type ())

G_DECLARE_FINAL_TYPE (YejiImportDesk, yeji_import_desk, YEJI, IMPORT_DESK, GObject)

YejiImportDesk *yeji_import_desk_new         (YejiStore             *store,
                                              YejiImportPlan        *plan);
YejiStore      *yeji_import_desk_get_store   (YejiImportDesk        *self);
void            yeji_import_desk_set_plan    (YejiImportDesk        *self,
                                              YejiImportPlan        *plan);
YejiImportPlan *yeji_import_desk_get_plan    (YejiImportDesk        *self);
YejiImportFile *yeji_import_desk_get_file    (YejiImportDesk        *self);
gboolean        yeji_import_desk_is_outdated (YejiImportDesk       *self);
gboolean        yeji_import_desk_is_settled  (YejiImportDesk        *self);
guint           yeji_import_desk_count_equal (YejiImportDesk        *self,
                                              const YejiImportPlace *place);
guint           yeji_import_desk_mend        (YejiImportDesk        *self,
                                              const YejiImportPlace *place,
                                              const char            *text,
                                              gboolean               everywhere);
void            yeji_import_desk_choose      (YejiImportDesk        *self,
                                              guint                  record,
                                              const char            *uuid);
gboolean        yeji_import_desk_undo        (YejiImportDesk        *self);
gboolean        yeji_import_desk_can_undo    (YejiImportDesk        *self);
gboolean        yeji_import_desk_step        (YejiImportDesk        *self,
                                              const YejiImportPlace *from,
                                              int                    step,
                                              YejiImportPlace       *to,
                                              guint                 *index);

G_END_DECLS

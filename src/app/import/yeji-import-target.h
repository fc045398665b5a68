// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-layout.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where a column of a file can go, as a chooser offers it. */

#define YEJI_IMPORT_TARGET_NONE "-"

char       *yeji_import_target_of   (const YejiImportColumn  *column);
GListModel *yeji_import_target_list (YejiDictionary          *dictionary,
                                     const YejiImportSheet   *sheet);
void        yeji_import_target_read (YejiDictionary          *dictionary,
                                     const char              *target,
                                     const YejiFieldDef     **field,
                                     YejiImportKey           *key);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"
#include "yeji-sheet-writer.h"

G_BEGIN_DECLS

/* A workbook of records that is written record by record: a sheet a table, a CSV of one table, or
 * a zip of CSVs. It is there, or is replaced, when it is closed. */
typedef struct _YejiRecordSheets YejiRecordSheets;

gboolean          yeji_record_sheets_find_kind (const char           *path,
                                                YejiSheetWriterKind  *kind);
YejiRecordSheets *yeji_record_sheets_new       (YejiDictionary       *dictionary,
                                                const char           *path,
                                                YejiSheetWriterKind   kind,
                                                const YejiTableDef   *table,
                                                YejiLanguage          language,
                                                GError              **error);
gboolean          yeji_record_sheets_add       (YejiRecordSheets     *self,
                                                YejiRecord           *record,
                                                GError              **error);
gboolean          yeji_record_sheets_close     (YejiRecordSheets     *self,
                                                gboolean              keep,
                                                GError              **error);

G_END_DECLS

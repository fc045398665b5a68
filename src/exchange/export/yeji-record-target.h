// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"
#include "yeji-sheet-writer.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that records are written to, whatever kind it is of. */
typedef struct _YejiRecordTarget YejiRecordTarget;

YejiRecordTarget *yeji_record_target_new_json   (GFile                *file,
                                                 GError              **error);
YejiRecordTarget *yeji_record_target_new_sheets (YejiDictionary       *dictionary,
                                                 const char           *path,
                                                 YejiSheetWriterKind   kind,
                                                 const YejiTableDef   *table,
                                                 YejiLanguage          language,
                                                 GError              **error);
gboolean          yeji_record_target_add        (YejiRecordTarget     *self,
                                                 YejiRecord           *record,
                                                 GError              **error);
gboolean          yeji_record_target_close      (YejiRecordTarget     *self,
                                                 gboolean              keep,
                                                 GError              **error);

G_END_DECLS

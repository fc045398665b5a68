// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record-file.h"

G_BEGIN_DECLS

/* A record file that is written record by record. It is there, or is replaced, when it is closed.
 * */
typedef struct _YejiRecordWriter YejiRecordWriter;

YejiRecordWriter *yeji_record_writer_open  (GFile             *file,
                                            GError           **error);
gboolean          yeji_record_writer_add   (YejiRecordWriter  *self,
                                            YejiRecord        *record,
                                            GError           **error);
gboolean          yeji_record_writer_close (YejiRecordWriter  *self,
                                            gboolean           keep,
                                            GError           **error);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define YEJI_TYPE_RECORD_READER (yeji_record_reader_get_type ())

G_DECLARE_FINAL_TYPE (YejiRecordReader, yeji_record_reader, YEJI, RECORD_READER, GObject)

YejiRecordReader *yeji_record_reader_new       (GInputStream      *stream);
gboolean          yeji_record_reader_next      (YejiRecordReader  *self,
                                                const char       **text,
                                                gsize             *length,
                                                GError           **error);
const char       *yeji_record_reader_get_place (YejiRecordReader  *self);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-json-reader.h"
#include "yeji-record.h"

G_BEGIN_DECLS

gboolean   yeji_record_refuse       (GError         **error,
                                     const char      *place,
                                     const char      *reason);
gboolean   yeji_record_refuse_text  (YejiJsonReader  *reader,
                                     GError         **error);

GPtrArray *yeji_record_notes_new    (void);
gboolean   yeji_record_read_kept    (GPtrArray       *notes,
                                     YejiJsonReader  *reader,
                                     GError         **error);
gboolean   yeji_record_resolve_kept (YejiRecord      *self,
                                     GPtrArray       *notes,
                                     GError         **error);
gboolean   yeji_record_read_replies (GPtrArray       *notes,
                                     YejiJsonReader  *reader,
                                     GError         **error);
gboolean   yeji_record_read_aside   (YejiRecord      *self,
                                     YejiJsonReader  *reader,
                                     GError         **error);

G_END_DECLS

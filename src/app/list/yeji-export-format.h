// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record-target.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * YejiExportFormat:
 * @label: not translated yet
 * @suffix: with the dot
 * @open: begins to write a file
 *
 * One kind of file that records are exported to. A further kind is a further line of the table.
 */
typedef struct
{
  const char *label;
  const char *suffix;
  YejiRecordTarget *(*open) (GFile          *file,
                             YejiDictionary *dictionary,
                             GError        **error);
} YejiExportFormat;

/* A file that is being written. */
typedef struct
{
  YejiRecordTarget *target;
  GFile *file;
  gboolean personal;           /* there are personal numbers in it that anybody can read */
} YejiExport;

const YejiExportFormat *yeji_export_get_format (guint              i);
YejiExport             *yeji_export_open       (GFile             *file,
                                                guint              format,
                                                YejiDictionary    *dictionary,
                                                GError           **error);
gboolean                yeji_export_add        (YejiExport        *self,
                                                YejiRecord        *record,
                                                GError           **error);
gboolean                yeji_export_close      (YejiExport        *self,
                                                gboolean           keep,
                                                GError           **error);
void                    yeji_export_close_async (YejiExport       *self,
                                                gboolean           keep,
                                                GAsyncReadyCallback callback,
                                                gpointer           user_data);
gboolean                yeji_export_close_finish (GAsyncResult    *result,
                                                GError           **error);

G_END_DECLS

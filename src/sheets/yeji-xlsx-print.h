// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>
#include <xlsxwriter.h>

G_BEGIN_DECLS

/* A row on its way into a sheet that is written in constant memory. */
typedef struct _YejiXlsxPrint YejiXlsxPrint;

YejiXlsxPrint *yeji_xlsx_print_new  (void);
void           yeji_xlsx_print_cell (YejiXlsxPrint *self,
                                     guint          row,
                                     guint          column,
                                     const char    *text,
                                     gsize          length,
                                     lxw_format    *format);
gboolean       yeji_xlsx_print_end  (YejiXlsxPrint *self,
                                     lxw_worksheet *sheet,
                                     guint          row);
void           yeji_xlsx_print_drop (YejiXlsxPrint *self);
void           yeji_xlsx_print_free (YejiXlsxPrint *self);

G_END_DECLS

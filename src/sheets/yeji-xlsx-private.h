// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <libxml/xmlreader.h>

#include "yeji-sheets-private.h"

G_BEGIN_DECLS

/* Parts that only describe the others; those of honest files have some KiB. */
#define YEJI_XLSX_SMALL_PART (32 * 1024 * 1024)
/* A table, or all texts. A full table of 1,048,576 rows of 30 short cells has 1.5 GiB. */
#define YEJI_XLSX_LARGE_PART (G_GINT64_CONSTANT (4) * 1024 * 1024 * 1024)

/* A file of the archive being unpacked, and what reads it as XML. */
typedef struct _YejiXlsxPart YejiXlsxPart;

gboolean          yeji_xlsx_list_parts    (const char      *path,
                                           GHashTable      *names,
                                           GError         **error);
YejiXlsxPart     *yeji_xlsx_part_open     (const char      *path,
                                           const char      *name,
                                           gint64           max_size,
                                           GError         **error);
gssize            yeji_xlsx_part_read     (YejiXlsxPart    *self,
                                           char            *buffer,
                                           gsize            length,
                                           GError         **error);
int               yeji_xlsx_part_next     (YejiXlsxPart    *self,
                                           GError         **error);
xmlTextReader    *yeji_xlsx_part_get_xml  (YejiXlsxPart    *self);
gboolean          yeji_xlsx_part_is       (YejiXlsxPart    *self,
                                           const char      *name);
const char       *yeji_xlsx_part_get      (YejiXlsxPart    *self,
                                           const char      *attribute);
const char       *yeji_xlsx_part_get_qualified (YejiXlsxPart *self,
                                           const char      *attribute);
void              yeji_xlsx_part_free     (YejiXlsxPart    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiXlsxPart, yeji_xlsx_part_free)

/* What the formats of cells say: whether a number is a moment. */
typedef struct _YejiXlsxStyles YejiXlsxStyles;

YejiXlsxStyles   *yeji_xlsx_styles_new    (const char      *path,
                                           const char      *name,
                                           GError         **error);
gboolean          yeji_xlsx_styles_is_date (YejiXlsxStyles *self,
                                           guint            style);
gboolean          yeji_xlsx_format_is_date (const char     *code);
char             *yeji_xlsx_print_date    (double           serial,
                                           gboolean         since_1904);
char             *yeji_xlsx_print_number  (double           number,
                                           gboolean        *rounded);
void              yeji_xlsx_styles_free   (YejiXlsxStyles  *self);

/* The texts that all tables share, in memory as long as they are few, else in a file. */
typedef struct _YejiXlsxStrings YejiXlsxStrings;

YejiXlsxStrings  *yeji_xlsx_strings_new   (const char      *path,
                                           const char      *name,
                                           GError         **error);
gboolean          yeji_xlsx_strings_get   (YejiXlsxStrings *self,
                                           guint64          index,
                                           GString         *text,
                                           GError         **error);
gboolean          yeji_xlsx_read_rich_text (YejiXlsxPart   *part,
                                           GString         *text,
                                           GError         **error);
void              yeji_xlsx_strings_free  (YejiXlsxStrings *self);

YejiSheetReader  *yeji_xlsx_rows_new      (const char      *path,
                                           const char      *part,
                                           YejiXlsxStyles  *styles,
                                           YejiXlsxStrings *strings,
                                           gboolean         since_1904,
                                           GError         **error);

G_END_DECLS

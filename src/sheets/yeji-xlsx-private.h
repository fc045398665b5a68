// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sheets-private.h"

G_BEGIN_DECLS

/* Parts that only describe the others; those of honest files have some KiB. */
#define YEJI_XLSX_SMALL_PART (32 * 1024 * 1024)
/* A table, or all texts. A full table of 1,048,576 rows of 30 short cells has 1.5 GiB. */
#define YEJI_XLSX_LARGE_PART (G_GINT64_CONSTANT (4) * 1024 * 1024 * 1024)

/* Elements in elements. */
#define YEJI_XLSX_MAX_DEPTH 64

struct archive;

/* A file of the archive being unpacked. */
typedef struct _YejiXlsxPart YejiXlsxPart;

gboolean          yeji_xlsx_open_archive  (struct archive  *archive,
                                           const char      *path);
gboolean          yeji_xlsx_list_parts    (const char      *path,
                                           GHashTable      *names,
                                           GPtrArray       *order,
                                           GError         **error);
YejiXlsxPart     *yeji_xlsx_part_open     (const char      *path,
                                           const char      *name,
                                           gint64           max_size,
                                           GError         **error);
YejiXlsxPart     *yeji_xlsx_part_look     (const char      *path,
                                           const char      *name,
                                           gint64           max_size,
                                           GError         **error);
const char       *yeji_xlsx_part_get_name (YejiXlsxPart    *self);
gint64            yeji_xlsx_part_get_size (YejiXlsxPart    *self);
gssize            yeji_xlsx_part_read     (YejiXlsxPart    *self,
                                           char            *buffer,
                                           gsize            length,
                                           GError         **error);
void              yeji_xlsx_part_free     (YejiXlsxPart    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiXlsxPart, yeji_xlsx_part_free)

/* A part, parsed piece by piece. Names are interned: compare pointers; NULL: of an extension. */
typedef struct _YejiXlsxSax YejiXlsxSax;

typedef struct
{
  gboolean (*begin) (gpointer data, YejiXlsxSax *sax, const char *name, GError **error);
  gboolean (*end) (gpointer data, const char *name, GError **error);             /* (nullable) */
  gboolean (*text) (gpointer data, const char *text, gsize length, GError **error); /* (nullable) */
} YejiXlsxSaxClass;

YejiXlsxSax      *yeji_xlsx_sax_new       (YejiXlsxPart    *part,
                                           const YejiXlsxSaxClass *class,
                                           gpointer         data);
const char       *yeji_xlsx_sax_intern    (YejiXlsxSax     *self,
                                           const char      *name);
const char       *yeji_xlsx_sax_get       (YejiXlsxSax     *self,
                                           const char      *name,
                                           gsize           *length);
const char       *yeji_xlsx_sax_get_qualified (YejiXlsxSax *self,
                                           const char      *name,
                                           gsize           *length);
char             *yeji_xlsx_sax_dup       (YejiXlsxSax     *self,
                                           const char      *name);
int               yeji_xlsx_sax_step      (YejiXlsxSax     *self,
                                           GError         **error);
gboolean          yeji_xlsx_sax_run       (YejiXlsxSax     *self,
                                           GError         **error);
void              yeji_xlsx_sax_free      (YejiXlsxSax     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiXlsxSax, yeji_xlsx_sax_free)

/* What the formats of cells say: whether a number is a moment, a time of which no day is shown, or a
 * span of hours. */
typedef enum
{
  YEJI_XLSX_NUMBER,
  YEJI_XLSX_MOMENT,
  YEJI_XLSX_TIME,
  YEJI_XLSX_SPAN,
} YejiXlsxFormat;

typedef struct _YejiXlsxStyles YejiXlsxStyles;

YejiXlsxStyles   *yeji_xlsx_styles_new    (const char      *path,
                                           const char      *name,
                                           GError         **error);
YejiXlsxFormat    yeji_xlsx_styles_get    (YejiXlsxStyles  *self,
                                           guint            style);
char             *yeji_xlsx_print_date    (double           serial,
                                           gboolean         since_1904);
char             *yeji_xlsx_print_time    (double           serial,
                                           gboolean         since_1904);
char             *yeji_xlsx_print_span    (double           days);
char             *yeji_xlsx_print_number  (const char      *value,
                                           double           number,
                                           gboolean        *rounded);
gboolean          yeji_xlsx_is_printed    (const char      *text,
                                           gsize            length);
void              yeji_xlsx_styles_free   (YejiXlsxStyles  *self);

/* The texts that all tables share, in memory as long as they are few, else in a file. */
typedef struct _YejiXlsxStrings YejiXlsxStrings;

YejiXlsxStrings  *yeji_xlsx_strings_new   (const char      *path,
                                           const char      *name,
                                           GError         **error);
const char       *yeji_xlsx_strings_get   (YejiXlsxStrings *self,
                                           guint64          index,
                                           gsize           *length,
                                           GError         **error);
void              yeji_xlsx_decode_text   (GString         *text,
                                           gsize            from);
void              yeji_xlsx_strings_free  (YejiXlsxStrings *self);

/* The cells of a table that are shown as one. */
typedef struct _YejiXlsxMerged YejiXlsxMerged;

gboolean          yeji_xlsx_read_digits   (const char     **at,
                                           const char      *end,
                                           guint            limit,
                                           guint           *number);
gboolean          yeji_xlsx_read_place    (const char     **at,
                                           const char      *end,
                                           guint           *column,
                                           guint           *row);
YejiXlsxMerged   *yeji_xlsx_merged_new    (const char      *path,
                                           const char      *name,
                                           YejiMergedState *state,
                                           GError         **error);
gboolean          yeji_xlsx_merged_fill   (YejiXlsxMerged  *self,
                                           YejiRowBuffer   *row,
                                           GError         **error);
void              yeji_xlsx_merged_free   (YejiXlsxMerged  *self);

YejiSheetReader  *yeji_xlsx_rows_new      (const char      *path,
                                           const char      *part,
                                           YejiMergedState *merged,
                                           YejiXlsxStyles  *styles,
                                           YejiXlsxStrings *strings,
                                           gboolean         since_1904,
                                           GError         **error);

G_END_DECLS

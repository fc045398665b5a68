// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

#include "yeji-sheets.h"

G_BEGIN_DECLS

/* What Excel 2007 and later can hold; a table that says more was made by hand. */
#define YEJI_SHEETS_MAX_ROWS 1048576u
#define YEJI_SHEETS_MAX_COLUMNS 16384u
/* Bytes; Excel holds 32,767 characters a cell, and no form of ours has more. */
#define YEJI_SHEETS_MAX_CELL (1024 * 1024)
#define YEJI_SHEETS_MAX_ROW (16 * 1024 * 1024)
#define YEJI_SHEETS_MAX_SHEETS 1000

/* What a row is put together in. */
typedef struct
{
  GString *texts;              /* of all cells, each with a NUL behind it, an empty one first */
  GArray *cells;               /* (element-type YejiRowCell) */
  guint row;                   /* from 1 */
} YejiRowBuffer;

typedef struct
{
  guint32 offset;              /* into the texts, 0: empty */
  guint32 flags;
} YejiRowCell;

/* What a kind of file does. */
typedef struct
{
  gboolean (*next) (gpointer data, YejiRowBuffer *row, GError **error);
  void (*free) (gpointer data);
} YejiSheetReaderClass;

typedef struct
{
  YejiSheetReader *(*read) (gpointer data, guint index, GError **error);
  void (*free) (gpointer data);
} YejiSheetsClass;

/* Whether cells of a table are shown as one, once that was looked for. */
typedef enum
{
  YEJI_MERGED_UNKNOWN,
  YEJI_MERGED_NONE,
  YEJI_MERGED_SOME,
} YejiMergedState;

typedef struct
{
  char *name;
  gboolean hidden;
  char *target;                /* the part of an xlsx file */
  YejiMergedState merged;
  gint64 offset;               /* of a JSON array */
  GPtrArray *names;            /* the members of a JSON array's objects */
} YejiSheet;

YejiSheets      *yeji_sheets_new          (YejiSheetsKind               kind,
                                           GPtrArray                   *list,
                                           const YejiSheetsClass       *class,
                                           gpointer                     data);
GPtrArray       *yeji_sheets_new_list     (void);
YejiSheet       *yeji_sheets_add          (GPtrArray                   *list,
                                           const char                  *name);
YejiSheetReader *yeji_sheet_reader_new    (const YejiSheetReaderClass  *class,
                                           gpointer                     data);
gboolean         yeji_row_buffer_set      (YejiRowBuffer               *self,
                                           guint                        column,
                                           const char                  *text,
                                           gsize                        length,
                                           YejiCellFlags                flags,
                                           GError                     **error);
void             yeji_row_buffer_clear    (YejiRowBuffer               *self,
                                           guint                        row);
gboolean         yeji_sheets_fail         (GError                     **error,
                                           YejiSheetsError              code,
                                           const char                  *format,
                                           ...) G_GNUC_PRINTF (3, 4);

YejiSheets      *yeji_sheets_open_csv     (const char                  *path,
                                           GError                     **error);
YejiSheets      *yeji_sheets_open_zip     (const char                  *path,
                                           GPtrArray                   *names,
                                           GError                     **error);
YejiSheets      *yeji_sheets_open_json    (const char                  *path,
                                           GError                     **error);
YejiSheets      *yeji_sheets_open_xlsx    (const char                  *path,
                                           GError                     **error);

/* A file of separated values: on the disk, or the part of an archive. */
typedef struct _YejiCsv YejiCsv;

YejiCsv         *yeji_csv_new             (const char                  *path,
                                           const char                  *part,
                                           GError                     **error);
YejiSheetReader *yeji_csv_read            (YejiCsv                     *self,
                                           GError                     **error);
void             yeji_csv_free            (YejiCsv                     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiCsv, yeji_csv_free)

GInputStream    *yeji_part_stream_new     (const char                  *path,
                                           const char                  *part,
                                           GError                     **error);

char            *yeji_sheets_name_of_file (const char                  *path);

G_END_DECLS

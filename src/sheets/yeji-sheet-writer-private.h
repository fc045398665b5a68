// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sheet-writer.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define YEJI_SHEET_MAX_NAME 31u

/* A cell of the row that is added next, when it is not as the others. */
typedef struct
{
  guint column;
  YejiCellStyle style;
  char *comment;               /* (nullable) */
} YejiCellMark;

/* A row of a sheet on its way into a file. */
typedef struct
{
  guint sheet;
  guint row;                   /* from 0 */
  const char * const *texts;
  guint n;
  YejiCellStyle style;
  guint height;                /* points, 0: usual */
  GArray *marks;               /* (element-type YejiCellMark) */
} YejiSheetRow;

/* What a kind of file does; members may be %NULL where a kind has nothing of the sort. */
typedef struct
{
  gpointer (*open) (const char *scratch, GError **error);
  void (*begin_sheet) (gpointer data, const char *name, YejiSheetFlags flags);
  void (*set_column) (gpointer data, guint sheet, guint column, guint width, gboolean hidden);
  void (*freeze) (gpointer data, guint sheet, guint n_rows, guint n_columns);
  void (*add_check) (gpointer data, guint sheet, guint column, guint first_row, guint last_row,
                     const YejiSheetCheck *check);
  void (*add_reminder) (gpointer data, guint sheet, guint column, guint first_row, guint last_row,
                        const char *formula);
  gboolean (*can_hold) (gpointer data, const char *text);
  gboolean (*add_row) (gpointer data, const YejiSheetRow *row, GError **error);
  /* ends, and frees the data; gives the file's path in the scratch directory, %NULL when nothing is
   * to be kept or with an error */
  char *(*close) (gpointer data, gboolean keep, GError **error);
} YejiSheetWriterClass;

extern const YejiSheetWriterClass yeji_sheet_writer_xlsx;
extern const YejiSheetWriterClass yeji_sheet_writer_csv;
extern const YejiSheetWriterClass yeji_sheet_writer_zip;

gboolean yeji_sheet_writer_fail (GError               **error,
                                 YejiSheetWriterError   code,
                                 const char            *format,
                                 ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS

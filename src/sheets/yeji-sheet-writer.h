// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YEJI_SHEET_WRITER_ERROR (yeji_sheet_writer_error_quark ())

/* Characters (UTF-16) that a cell of a spreadsheet program holds. */
#define YEJI_SHEET_MAX_TEXT 32767u

/**
 * YejiSheetWriterError:
 * @YEJI_SHEET_WRITER_ERROR_WRITE: the file cannot be written: no room, no permission
 * @YEJI_SHEET_WRITER_ERROR_TEXT: a text is longer than a cell can hold
 * @YEJI_SHEET_WRITER_ERROR_ROWS: there are more rows or columns than a sheet can hold
 */
typedef enum
{
  YEJI_SHEET_WRITER_ERROR_WRITE,
  YEJI_SHEET_WRITER_ERROR_TEXT,
  YEJI_SHEET_WRITER_ERROR_ROWS,
} YejiSheetWriterError;

/**
 * YejiSheetWriterKind:
 * @YEJI_SHEET_WRITER_XLSX: a workbook (Office Open XML)
 * @YEJI_SHEET_WRITER_CSV: RFC 4180 in UTF-8 with a mark: the first sheet, and no other
 * @YEJI_SHEET_WRITER_ZIP: a CSV a sheet, in a zip archive
 */
typedef enum
{
  YEJI_SHEET_WRITER_XLSX,
  YEJI_SHEET_WRITER_CSV,
  YEJI_SHEET_WRITER_ZIP,
} YejiSheetWriterKind;

/**
 * YejiCellStyle:
 * @YEJI_CELL_STYLE_TEXT: a value, kept as a text whatever it looks like
 * @YEJI_CELL_STYLE_HEADING: what a column is called
 * @YEJI_CELL_STYLE_NEEDED: the same, of a column that must be filled
 * @YEJI_CELL_STYLE_ASSIGNED: the same, of a column that others fill
 * @YEJI_CELL_STYLE_ID: what a column is called among machines: small and grey
 * @YEJI_CELL_STYLE_BAD: a value that has to be put right
 * @YEJI_CELL_STYLE_REASON: why
 * @YEJI_CELL_STYLE_REMINDER: a cell that is still to be filled
 * @YEJI_CELL_STYLE_TITLE: the title of a page of words
 * @YEJI_CELL_STYLE_SECTION: a title within it
 * @YEJI_CELL_STYLE_WORDS: words that are read, wrapped
 *
 * What a cell is; how it looks is the writer's. A CSV has none of it.
 */
typedef enum
{
  YEJI_CELL_STYLE_TEXT,
  YEJI_CELL_STYLE_HEADING,
  YEJI_CELL_STYLE_NEEDED,
  YEJI_CELL_STYLE_ASSIGNED,
  YEJI_CELL_STYLE_ID,
  YEJI_CELL_STYLE_BAD,
  YEJI_CELL_STYLE_REASON,
  YEJI_CELL_STYLE_REMINDER,
  YEJI_CELL_STYLE_TITLE,
  YEJI_CELL_STYLE_SECTION,
  YEJI_CELL_STYLE_WORDS,
  N_YEJI_CELL_STYLES
} YejiCellStyle;

typedef enum
{
  YEJI_SHEET_HIDDEN = 1 << 0,
  YEJI_SHEET_PAGE = 1 << 1,    /* words that are read: no grid */
} YejiSheetFlags;

/**
 * YejiSheetCheck:
 * @choices: (nullable): what is offered, where it is short and without commas
 * @formula: (nullable): what must be true, or with @list the range of cells that is offered
 * @list: whether @formula is such a range
 * @least: with @most the least characters
 * @most: characters at most, 0: any
 * @title: (nullable): of what is said when the cell is entered, 32 characters
 * @help: (nullable): 255 characters
 * @doubt: (nullable): what is asked when something else was typed, 255 characters; it can be left
 *   all the same, since an import reads more than Excel does
 *
 * What a spreadsheet program offers, says and asks in the cells of a column. Texts that are too
 * long are cut.
 */
typedef struct
{
  const char * const *choices;
  const char *formula;
  gboolean list;
  guint least;
  guint most;
  const char *title;
  const char *help;
  const char *doubt;
} YejiSheetCheck;

typedef struct _YejiSheetWriter YejiSheetWriter;

GQuark           yeji_sheet_writer_error_quark   (void);
YejiSheetWriter *yeji_sheet_writer_new           (const char             *path,
                                                  YejiSheetWriterKind     kind,
                                                  GError                **error);
guint            yeji_sheet_writer_begin_sheet   (YejiSheetWriter        *self,
                                                  const char             *name,
                                                  YejiSheetFlags          flags);
const char      *yeji_sheet_writer_get_name      (YejiSheetWriter        *self,
                                                  guint                   sheet);
void             yeji_sheet_writer_set_column    (YejiSheetWriter        *self,
                                                  guint                   sheet,
                                                  guint                   column,
                                                  guint                   width,
                                                  gboolean                hidden);
void             yeji_sheet_writer_freeze        (YejiSheetWriter        *self,
                                                  guint                   sheet,
                                                  guint                   n_rows,
                                                  guint                   n_columns);
void             yeji_sheet_writer_add_check     (YejiSheetWriter        *self,
                                                  guint                   sheet,
                                                  guint                   column,
                                                  guint                   first_row,
                                                  guint                   last_row,
                                                  const YejiSheetCheck   *check);
void             yeji_sheet_writer_add_reminder  (YejiSheetWriter        *self,
                                                  guint                   sheet,
                                                  guint                   column,
                                                  guint                   first_row,
                                                  guint                   last_row,
                                                  const char             *formula);
void             yeji_sheet_writer_mark_cell     (YejiSheetWriter        *self,
                                                  guint                   sheet,
                                                  guint                   column,
                                                  YejiCellStyle           style,
                                                  const char             *comment);
void             yeji_sheet_writer_set_height    (YejiSheetWriter        *self,
                                                  guint                   sheet,
                                                  guint                   height);
gboolean         yeji_sheet_writer_can_hold      (YejiSheetWriter        *self,
                                                  const char             *text);
gboolean         yeji_sheet_writer_add_row       (YejiSheetWriter        *self,
                                                  guint                   sheet,
                                                  const char * const     *texts,
                                                  guint                   n,
                                                  YejiCellStyle           style,
                                                  GError                **error);
gboolean         yeji_sheet_writer_close         (YejiSheetWriter        *self,
                                                  gboolean                keep,
                                                  GError                **error);

G_END_DECLS

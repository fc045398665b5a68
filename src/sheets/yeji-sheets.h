// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YEJI_SHEETS_ERROR (yeji_sheets_error_quark ())

/**
 * YejiSheetsError:
 * @YEJI_SHEETS_ERROR_FILE: cannot be read at all
 * @YEJI_SHEETS_ERROR_UNKNOWN: no table of a kind that is read
 * @YEJI_SHEETS_ERROR_OLD: the binary format of before 2007, or protected by a password
 * @YEJI_SHEETS_ERROR_DAMAGED: cut off, or its parts do not fit together
 * @YEJI_SHEETS_ERROR_LIMIT: larger than any honest table
 * @YEJI_SHEETS_ERROR_FORBIDDEN: holds a document type or entities
 * @YEJI_SHEETS_ERROR_TEXT: in no character set that is known
 * @YEJI_SHEETS_ERROR_FORMAT: a table, but of a kind that is not read
 */
typedef enum
{
  YEJI_SHEETS_ERROR_FILE,
  YEJI_SHEETS_ERROR_UNKNOWN,
  YEJI_SHEETS_ERROR_OLD,
  YEJI_SHEETS_ERROR_DAMAGED,
  YEJI_SHEETS_ERROR_LIMIT,
  YEJI_SHEETS_ERROR_FORBIDDEN,
  YEJI_SHEETS_ERROR_TEXT,
  YEJI_SHEETS_ERROR_FORMAT,
} YejiSheetsError;

typedef enum
{
  YEJI_SHEETS_XLSX,
  YEJI_SHEETS_CSV,
  YEJI_SHEETS_JSON,
} YejiSheetsKind;

/**
 * YejiCellFlags:
 * @YEJI_CELL_NUMBER: the cell is a number, not a text
 * @YEJI_CELL_DATE: and its format says that it is a day or a time; the text is in ISO 8601
 * @YEJI_CELL_FORMULA: what the formula gave when the file was saved
 * @YEJI_CELL_STALE: a formula of which the file does not say what it gave; the text is empty
 * @YEJI_CELL_ROUNDED: a number of more digits than the program that wrote it keeps: the last ones
 *     are lost, the text says what is left
 * @YEJI_CELL_FAILED: the text is what went wrong, as `#REF!`
 * @YEJI_CELL_MERGED: the text is that of the first cell of the range that the cell is merged into
 * @YEJI_CELL_JSON: the text is a JSON array or object
 */
typedef enum
{
  YEJI_CELL_NUMBER = 1 << 0,
  YEJI_CELL_DATE = 1 << 1,
  YEJI_CELL_FORMULA = 1 << 2,
  YEJI_CELL_STALE = 1 << 3,
  YEJI_CELL_ROUNDED = 1 << 4,
  YEJI_CELL_FAILED = 1 << 5,
  YEJI_CELL_MERGED = 1 << 6,
  YEJI_CELL_JSON = 1 << 7,
} YejiCellFlags;

typedef struct _YejiSheets YejiSheets;
typedef struct _YejiSheetReader YejiSheetReader;

GQuark           yeji_sheets_error_quark      (void);
const char      *yeji_sheets_error_to_text    (const GError     *error);

YejiSheets      *yeji_sheets_open             (const char       *path,
                                               GError          **error);
YejiSheetsKind   yeji_sheets_get_kind         (YejiSheets       *self);
guint            yeji_sheets_get_n            (YejiSheets       *self);
const char      *yeji_sheets_get_name         (YejiSheets       *self,
                                               guint             index);
gboolean         yeji_sheets_is_hidden        (YejiSheets       *self,
                                               guint             index);
YejiSheetReader *yeji_sheets_read             (YejiSheets       *self,
                                               guint             index,
                                               GError          **error);
void             yeji_sheets_free             (YejiSheets       *self);

gboolean         yeji_sheet_reader_next       (YejiSheetReader  *self,
                                               GError          **error);
guint            yeji_sheet_reader_get_row    (YejiSheetReader  *self);
guint            yeji_sheet_reader_get_n_cells (YejiSheetReader *self);
const char      *yeji_sheet_reader_get_text   (YejiSheetReader  *self,
                                               guint             column);
YejiCellFlags    yeji_sheet_reader_get_flags  (YejiSheetReader  *self,
                                               guint             column);
char            *yeji_sheet_reader_name_cell  (YejiSheetReader  *self,
                                               guint             column);
void             yeji_sheet_reader_free       (YejiSheetReader  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSheets, yeji_sheets_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSheetReader, yeji_sheet_reader_free)

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sheets"

#include "config.h"

#include "yeji-sheets-private.h"

#include <string.h>

struct _YejiSheetReader
{
  const YejiSheetReaderClass *class;
  gpointer data;
  YejiRowBuffer row;
};

/* Takes data. */
YejiSheetReader *
yeji_sheet_reader_new (const YejiSheetReaderClass *class,
                       gpointer                    data)
{
  YejiSheetReader *self = g_new0 (YejiSheetReader, 1);

  self->class = class;
  self->data = data;
  self->row.texts = g_string_new (NULL);
  self->row.cells = g_array_new (FALSE, TRUE, sizeof (YejiRowCell));
  yeji_row_buffer_clear (&self->row, 0);
  return self;
}

/* Begins a row. */
void
yeji_row_buffer_clear (YejiRowBuffer *self,
                       guint          row)
{
  self->row = row;
  g_array_set_size (self->cells, 0);
  g_string_truncate (self->texts, 0);
  g_string_append_c (self->texts, '\0');
}

/* Sets a cell, from column 0 on. */
gboolean
yeji_row_buffer_set (YejiRowBuffer  *self,
                     guint           column,
                     const char     *text,
                     gsize           length,
                     YejiCellFlags   flags,
                     GError        **error)
{
  YejiRowCell *cell;

  if (column >= YEJI_SHEETS_MAX_COLUMNS)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "row %u has more than %u columns",
                             self->row, YEJI_SHEETS_MAX_COLUMNS);
  if (length > YEJI_SHEETS_MAX_CELL || self->texts->len + length > YEJI_SHEETS_MAX_ROW)
    return yeji_sheets_fail (error, YEJI_SHEETS_ERROR_LIMIT, "row %u, column %u is too long",
                             self->row, column + 1);
  if (column >= self->cells->len)
    g_array_set_size (self->cells, column + 1);
  cell = &g_array_index (self->cells, YejiRowCell, column);
  cell->offset = length > 0 ? (guint32) self->texts->len : 0;
  cell->flags = flags;
  if (length == 0)
    return TRUE;
  g_string_append_len (self->texts, text, (gssize) length);
  g_string_append_c (self->texts, '\0');
  return TRUE;
}

/**
 * yeji_sheet_reader_next:
 *
 * Reads the next row. Rows that the file does not hold are left out, and told by their numbers.
 *
 * Returns: whether there was one; %FALSE without an error at the end, or with one of
 *   #YejiSheetsError, after which nothing more is to be had
 */
gboolean
yeji_sheet_reader_next (YejiSheetReader  *self,
                        GError          **error)
{
  if (self->class->next (self->data, &self->row, error))
    return TRUE;
  yeji_row_buffer_clear (&self->row, self->row.row);
  return FALSE;
}

/**
 * yeji_sheet_reader_get_row:
 *
 * Returns: the number of the row, from 1; in a JSON file row 1 has the names of the members
 */
guint
yeji_sheet_reader_get_row (YejiSheetReader *self)
{
  return self->row.row;
}

/**
 * yeji_sheet_reader_get_n_cells:
 *
 * Returns: how many cells the row has, up to the last one that is there
 */
guint
yeji_sheet_reader_get_n_cells (YejiSheetReader *self)
{
  return self->row.cells->len;
}

/**
 * yeji_sheet_reader_get_text:
 * @column: from 0
 *
 * Returns: (transfer none): what the cell says, as UTF-8; empty where there is none; good until the
 *   next row
 */
const char *
yeji_sheet_reader_get_text (YejiSheetReader *self,
                            guint            column)
{
  if (column >= self->row.cells->len)
    return "";
  return self->row.texts->str + g_array_index (self->row.cells, YejiRowCell, column).offset;
}

/**
 * yeji_sheet_reader_get_flags:
 * @column: from 0
 *
 * Returns: what else is to be known of the cell
 */
YejiCellFlags
yeji_sheet_reader_get_flags (YejiSheetReader *self,
                             guint            column)
{
  if (column >= self->row.cells->len)
    return 0;
  return g_array_index (self->row.cells, YejiRowCell, column).flags;
}

/**
 * yeji_sheet_reader_name_cell:
 * @column: from 0
 *
 * Returns: (transfer full): where the cell is, as a spreadsheet program names it: `AB12`
 */
char *
yeji_sheet_reader_name_cell (YejiSheetReader *self,
                             guint            column)
{
  char letters[8] = "";
  guint at = sizeof letters - 1;

  for (guint n = column + 1; n > 0 && at > 0; n = (n - 1) / 26)
    letters[--at] = (char) ('A' + (n - 1) % 26);
  return g_strdup_printf ("%s%u", letters + at, self->row.row);
}

/**
 * yeji_sheet_reader_free:
 * @self: (transfer full)
 *
 * Ends reading.
 */
void
yeji_sheet_reader_free (YejiSheetReader *self)
{
  self->class->free (self->data);
  g_string_free (self->row.texts, TRUE);
  g_array_unref (self->row.cells);
  g_free (self);
}

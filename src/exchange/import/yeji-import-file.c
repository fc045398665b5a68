// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-file"

#include "config.h"

#include "yeji-import-private.h"

#include <string.h>

/* Rows between two reports of progress. */
#define REPORT_ROWS 512

/* Cells of a file, empty ones too: four bytes each, and ten times what 10,000 records have. */
#define MAX_CELLS (40 * 1000 * 1000)

typedef struct
{
  YejiImportFile *file;
  YejiImportProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
  guint64 n_done;
  guint64 n_cells;
} Reading;

G_DEFINE_FINAL_TYPE (YejiImportFile, yeji_import_file, G_TYPE_OBJECT)

static void
free_part (gpointer data)
{
  YejiImportPart *part = data;

  g_array_unref (part->columns);
  g_free (part);
}

static void
free_sheet (gpointer data)
{
  YejiStagedSheet *sheet = data;

  for (guint i = 0; i < sheet->n_columns; i++)
    {
      g_array_unref (sheet->texts[i]);
      if (sheet->values[i] != NULL)
        g_array_unref (sheet->values[i]);
    }
  g_free (sheet->texts);
  g_free (sheet->values);
  g_array_unref (sheet->numbers);
  g_array_unref (sheet->owners);
  g_ptr_array_unref (sheet->parts);
  g_free (sheet);
}

static void
yeji_import_file_finalize (GObject *object)
{
  YejiImportFile *self = YEJI_IMPORT_FILE (object);

  g_ptr_array_unref (self->sheets);
  g_array_unref (self->bad);
  g_array_unref (self->records);
  g_array_unref (self->rows);
  g_hash_table_unref (self->columns);
  g_free (self->judged);
  g_free (self->role);
  yeji_text_pool_free (self->pool);
  g_clear_pointer (&self->layout, yeji_import_layout_free);
  g_clear_object (&self->normaliser);
  g_clear_object (&self->dictionary);
  G_OBJECT_CLASS (yeji_import_file_parent_class)->finalize (object);
}

static void
yeji_import_file_class_init (YejiImportFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_import_file_finalize;
}

static void
yeji_import_file_init (YejiImportFile *self)
{
  self->pool = yeji_text_pool_new ();
  self->sheets = g_ptr_array_new_with_free_func (free_sheet);
  self->bad = g_array_new (FALSE, FALSE, sizeof (YejiBadCell));
  self->records = g_array_new (FALSE, TRUE, sizeof (YejiStagedRecord));
  self->rows = g_array_new (FALSE, FALSE, sizeof (YejiStagedRow));
  self->columns = g_hash_table_new (NULL, NULL);
}

static YejiStagedSheet *
get_sheet (YejiImportFile *self,
           guint           sheet)
{
  return g_ptr_array_index (self->sheets, sheet);
}

guint32
yeji_import_get_text (const YejiStagedSheet *sheet,
                      guint                  row,
                      guint                  column)
{
  return g_array_index (sheet->texts[column], guint32, row);
}

guint32
yeji_import_get_value (const YejiStagedSheet *sheet,
                       guint                  row,
                       guint                  column)
{
  GArray *array = sheet->values[column] != NULL ? sheet->values[column] : sheet->texts[column];

  return g_array_index (array, guint32, row);
}

/* The values of a column are kept by themselves from the first one on that is not its text. */
static void
set_value (YejiStagedSheet *sheet,
           guint            row,
           guint            column,
           guint32          value)
{
  GArray *texts = sheet->texts[column];
  GArray *values = sheet->values[column];

  if (values == NULL)
    {
      if (value == g_array_index (texts, guint32, row))
        return;
      values = g_array_sized_new (FALSE, FALSE, sizeof (guint32), texts->len);
      g_array_append_vals (values, texts->data, texts->len);
      sheet->values[column] = values;
    }
  if (row < values->len)
    g_array_index (values, guint32, row) = value;
  else
    g_array_append_val (values, value);
}

/* ---- Cells that are wrong, in the order of the file */

int
yeji_import_compare_bad (gconstpointer a,
                         gconstpointer b)
{
  const YejiImportPlace *first = &((const YejiBadCell *) a)->place;
  const YejiImportPlace *second = &((const YejiBadCell *) b)->place;

  if (first->sheet != second->sheet)
    return first->sheet < second->sheet ? -1 : 1;
  if (first->row != second->row)
    return first->row < second->row ? -1 : 1;
  if (first->column != second->column)
    return first->column < second->column ? -1 : 1;
  return 0;
}

const YejiBadCell *
yeji_import_find_bad (YejiImportFile        *self,
                      const YejiImportPlace *place)
{
  YejiBadCell key = { .place = *place };

  if (self->bad->len == 0)
    return NULL;
  return bsearch (&key, self->bad->data, self->bad->len, sizeof key, yeji_import_compare_bad);
}

/* ---- Reading */

static YejiStagedSheet *
new_sheet (const YejiImportSheet *def)
{
  YejiStagedSheet *sheet = g_new0 (YejiStagedSheet, 1);

  sheet->def = def;
  sheet->n_columns = def->table != NULL ? def->columns->len : 0;
  sheet->numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  sheet->owners = g_array_new (FALSE, TRUE, sizeof (guint32));
  sheet->texts = g_new0 (GArray *, sheet->n_columns + 1);
  sheet->values = g_new0 (GArray *, sheet->n_columns + 1);
  for (guint i = 0; i < sheet->n_columns; i++)
    sheet->texts[i] = g_array_new (FALSE, FALSE, sizeof (guint32));
  sheet->parts = g_ptr_array_new_with_free_func (free_part);
  return sheet;
}

static gboolean
is_blank_row (YejiSheetReader *reader,
              guint            n)
{
  for (guint i = 0; i < n; i++)
    {
      const char *text = yeji_sheet_reader_get_text (reader, i);

      /* a cell that is merged with others says nothing by itself in an empty row */
      if (*text != '\0' || (yeji_sheet_reader_get_flags (reader, i) & YEJI_CELL_STALE) != 0)
        return FALSE;
    }
  return TRUE;
}

static guint32
find_key (YejiImportFile  *self,
          YejiStagedSheet *sheet,
          YejiSheetReader *reader)
{
  for (guint i = 0; i < sheet->n_columns; i++)
    {
      const YejiImportColumn *column = g_ptr_array_index (sheet->def->columns, i);

      if (column->key == YEJI_IMPORT_KEY_RECORD)
        {
          const char *key = yeji_sheet_reader_get_text (reader, i);

          return yeji_text_pool_add (self->pool, key, strlen (key));
        }
    }
  return 0;
}

static void
stage_row (Reading         *reading,
           guint            index,
           YejiStagedSheet *sheet,
           YejiSheetReader *reader)
{
  YejiImportFile *self = reading->file;
  guint32 number = yeji_sheet_reader_get_row (reader);
  guint row = sheet->numbers->len;

  g_array_append_val (sheet->numbers, number);
  self->current = find_key (self, sheet, reader);
  for (guint i = 0; i < sheet->n_columns; i++)
    {
      const YejiImportColumn *column = g_ptr_array_index (sheet->def->columns, i);
      const char *given = yeji_sheet_reader_get_text (reader, i);
      YejiCellFlags flags = yeji_sheet_reader_get_flags (reader, i);
      guint32 text = yeji_text_pool_add (self->pool, given, strlen (given));
      guint32 value = text;
      YejiImportTrouble trouble = YEJI_IMPORT_FITS;

      g_array_append_val (sheet->texts[i], text);
      if (text != 0 || flags != 0)
        trouble = yeji_import_judge (self, column, text, flags, &value);
      if (value != text || sheet->values[i] != NULL)
        set_value (sheet, row, i, value);
      if (trouble != YEJI_IMPORT_FITS)
        {
          YejiBadCell bad = { { index, row, i }, trouble, FALSE };

          g_array_append_val (self->bad, bad);
        }
    }
}

static gboolean
stage_sheet (Reading     *reading,
             YejiSheets  *sheets,
             guint        index,
             GError     **error)
{
  YejiStagedSheet *sheet = get_sheet (reading->file, index);
  g_autoptr (YejiSheetReader) reader = yeji_sheets_read (sheets, index, error);
  g_autoptr (GError) local_error = NULL;

  if (reader == NULL)
    return FALSE;
  while (yeji_sheet_reader_next (reader, &local_error))
    {
      if (yeji_sheet_reader_get_row (reader) <= sheet->def->first_row
          || is_blank_row (reader, sheet->n_columns))
        continue;
      reading->n_cells += sheet->n_columns;
      if (reading->n_cells > MAX_CELLS)
        {
          g_set_error (error, YEJI_SHEETS_ERROR, YEJI_SHEETS_ERROR_LIMIT,
                       "more than %u cells", MAX_CELLS);
          return FALSE;
        }
      stage_row (reading, index, sheet, reader);
      if (++reading->n_done % REPORT_ROWS != 0)
        continue;
      if (g_cancellable_set_error_if_cancelled (reading->cancellable, error))
        return FALSE;
      if (reading->progress != NULL)
        reading->progress (reading->n_done, 0, reading->progress_data);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "%s: ", sheet->def->name);
  return FALSE;
}

/**
 * yeji_import_file_read_sheets:
 * @progress: (nullable): told how many rows were read
 *
 * Reads all rows by a layout, judges each cell, and finds out which rows belong to which record.
 * Blocks.
 *
 * Returns: (transfer full) (nullable): the file, or %NULL with an error of #YejiSheetsError or
 *   %G_IO_ERROR_CANCELLED
 */
YejiImportFile *
yeji_import_file_read_sheets (YejiSheets              *sheets,
                              const YejiImportLayout  *layout,
                              YejiDictionary          *dictionary,
                              YejiNormaliser          *normaliser,
                              YejiImportProgress       progress,
                              gpointer                 progress_data,
                              GCancellable            *cancellable,
                              GError                 **error)
{
  g_autoptr (YejiImportFile) self = g_object_new (YEJI_TYPE_IMPORT_FILE, NULL);
  Reading reading = { self, progress, progress_data, cancellable };

  self->dictionary = g_object_ref (dictionary);
  self->normaliser = g_object_ref (normaliser);
  self->layout = yeji_import_layout_copy (layout);
  self->role = g_strdup ("");
  for (guint i = 0; i < yeji_import_layout_get_n (self->layout); i++)
    g_ptr_array_add (self->sheets, new_sheet (yeji_import_layout_get_sheet (self->layout, i)));
  if (self->sheets->len != yeji_sheets_get_n (sheets))
    {
      g_set_error_literal (error, YEJI_SHEETS_ERROR, YEJI_SHEETS_ERROR_FILE,
                           "the file has changed");
      return NULL;
    }
  for (guint i = 0; i < self->sheets->len; i++)
    if (get_sheet (self, i)->def->table != NULL && !stage_sheet (&reading, sheets, i, error))
      return NULL;
  g_clear_pointer (&self->judged, g_free);
  yeji_import_prepare (self);
  yeji_import_link (self);
  if (progress != NULL)
    progress (reading.n_done, reading.n_done, progress_data);
  return g_steal_pointer (&self);
}

/**
 * yeji_import_file_read:
 *
 * Reads as yeji_import_file_read_sheets() does.
 */
YejiImportFile *
yeji_import_file_read (const char              *path,
                       const YejiImportLayout  *layout,
                       YejiDictionary          *dictionary,
                       YejiNormaliser          *normaliser,
                       YejiImportProgress       progress,
                       gpointer                 progress_data,
                       GCancellable            *cancellable,
                       GError                 **error)
{
  g_autoptr (YejiSheets) sheets = yeji_sheets_open (path, error);

  return sheets != NULL ? yeji_import_file_read_sheets (sheets, layout, dictionary, normaliser,
                                                        progress, progress_data, cancellable,
                                                        error)
                        : NULL;
}

/* ---- What it holds */

YejiDictionary *
yeji_import_file_get_dictionary (YejiImportFile *self)
{
  g_return_val_if_fail (YEJI_IS_IMPORT_FILE (self), NULL);
  return self->dictionary;
}

/**
 * yeji_import_file_get_layout:
 *
 * Returns: (transfer none): by which it was read
 */
const YejiImportLayout *
yeji_import_file_get_layout (YejiImportFile *self)
{
  g_return_val_if_fail (YEJI_IS_IMPORT_FILE (self), NULL);
  return self->layout;
}

/**
 * yeji_import_file_set_role:
 * @role: an id, or ""
 *
 * Says which role new records have where the file does not say it.
 */
void
yeji_import_file_set_role (YejiImportFile *self,
                           const char     *role)
{
  g_return_if_fail (YEJI_IS_IMPORT_FILE (self));
  g_free (self->role);
  self->role = g_strdup (role);
}

/**
 * yeji_import_file_get_n_rows:
 *
 * Returns: how many rows of data a sheet has that are not empty; 0 of one that is left out
 */
guint
yeji_import_file_get_n_rows (YejiImportFile *self,
                             guint           sheet)
{
  g_return_val_if_fail (YEJI_IS_IMPORT_FILE (self) && sheet < self->sheets->len, 0);
  return get_sheet (self, sheet)->numbers->len;
}

/**
 * yeji_import_file_get_row_number:
 *
 * Returns: the number of a row in the file, from 1, as a spreadsheet program shows it
 */
guint
yeji_import_file_get_row_number (YejiImportFile *self,
                                 guint           sheet,
                                 guint           row)
{
  g_return_val_if_fail (sheet < self->sheets->len, 0);
  g_return_val_if_fail (row < get_sheet (self, sheet)->numbers->len, 0);
  return g_array_index (get_sheet (self, sheet)->numbers, guint32, row);
}

/**
 * yeji_import_file_get_cell:
 * @cell: (out caller-allocates): what is there
 */
void
yeji_import_file_get_cell (YejiImportFile        *self,
                           const YejiImportPlace *place,
                           YejiImportCell        *cell)
{
  YejiStagedSheet *sheet;
  const YejiBadCell *bad;

  g_return_if_fail (YEJI_IS_IMPORT_FILE (self) && place->sheet < self->sheets->len);
  sheet = get_sheet (self, place->sheet);
  g_return_if_fail (place->row < sheet->numbers->len && place->column < sheet->n_columns);
  bad = yeji_import_find_bad (self, place);
  cell->field = ((YejiImportColumn *) g_ptr_array_index (sheet->def->columns,
                                                         place->column))->field;
  cell->text = yeji_text_pool_get (self->pool,
                                   yeji_import_get_text (sheet, place->row, place->column));
  cell->value = yeji_text_pool_get (self->pool,
                                    yeji_import_get_value (sheet, place->row, place->column));
  cell->trouble = bad != NULL ? bad->trouble : YEJI_IMPORT_FITS;
}

/**
 * yeji_import_file_name_cell:
 *
 * Returns: (transfer full): where a cell is, as a spreadsheet program names it: `AB12`
 */
char *
yeji_import_file_name_cell (YejiImportFile        *self,
                            const YejiImportPlace *place)
{
  char letters[8] = "";
  guint at = sizeof letters - 1;

  for (guint n = place->column + 1; n > 0 && at > 0; n = (n - 1) / 26)
    letters[--at] = (char) ('A' + (n - 1) % 26);
  return g_strdup_printf ("%s%u", letters + at,
                          yeji_import_file_get_row_number (self, place->sheet, place->row));
}

/**
 * yeji_import_file_get_n_bad:
 *
 * Returns: how many cells cannot be taken
 */
guint
yeji_import_file_get_n_bad (YejiImportFile *self)
{
  g_return_val_if_fail (YEJI_IS_IMPORT_FILE (self), 0);
  return self->bad->len;
}

/**
 * yeji_import_file_get_bad:
 * @place: (out caller-allocates): where it is; in the order of the file
 */
void
yeji_import_file_get_bad (YejiImportFile  *self,
                          guint            index,
                          YejiImportPlace *place)
{
  g_return_if_fail (YEJI_IS_IMPORT_FILE (self) && index < self->bad->len);
  *place = g_array_index (self->bad, YejiBadCell, index).place;
}

/* Cells that were red keep their place, @more takes those that were not. */
static void
set_one (YejiImportFile        *self,
         const YejiImportPlace *place,
         const char            *text,
         GArray                *more)
{
  YejiStagedSheet *sheet = get_sheet (self, place->sheet);
  YejiBadCell bad = { *place, YEJI_IMPORT_FITS, FALSE };
  YejiBadCell *known = (YejiBadCell *) yeji_import_find_bad (self, place);
  guint32 id, value;

  g_return_if_fail (strlen (text) <= 1024 * 1024);
  g_return_if_fail (place->row < sheet->numbers->len && place->column < sheet->n_columns);
  id = yeji_text_pool_add (self->pool, text, strlen (text));
  self->current = sheet->keys[YEJI_IMPORT_KEY_RECORD] < 0
                  ? 0 : yeji_import_get_text (sheet, place->row,
                                              (guint) sheet->keys[YEJI_IMPORT_KEY_RECORD]);
  bad.trouble = yeji_import_judge (self, g_ptr_array_index (sheet->def->columns, place->column),
                                   id, 0, &value);
  g_array_index (sheet->texts[place->column], guint32, place->row) = id;
  set_value (sheet, place->row, place->column, value);
  if (known != NULL)
    *known = bad;
  else if (bad.trouble != YEJI_IMPORT_FITS)
    g_array_append_val (more, bad);
}

/**
 * yeji_import_file_set_texts:
 * @texts: (array length=n): what the cells should have said
 *
 * Mends cells, here and not in the file, and finds anew what they become and which record their
 * rows belong to; the numbers of the records may be others afterwards, which
 * yeji_import_file_get_generation() tells.
 */
void
yeji_import_file_set_texts (YejiImportFile        *self,
                            const YejiImportPlace *places,
                            const char * const    *texts,
                            guint                  n)
{
  g_autoptr (GArray) more = g_array_new (FALSE, FALSE, sizeof (YejiBadCell));
  guint n_left = 0;

  g_return_if_fail (YEJI_IS_IMPORT_FILE (self));

  for (guint i = 0; i < n; i++)
    {
      g_return_if_fail (places[i].sheet < self->sheets->len);
      set_one (self, &places[i], texts[i], more);
    }
  for (guint i = 0; i < self->bad->len; i++)
    {
      YejiBadCell bad = g_array_index (self->bad, YejiBadCell, i);

      if (bad.trouble != YEJI_IMPORT_FITS)
        g_array_index (self->bad, YejiBadCell, n_left++) = bad;
    }
  g_array_set_size (self->bad, n_left);
  g_array_append_vals (self->bad, more->data, more->len);
  yeji_import_link (self);
}

/**
 * yeji_import_file_get_generation:
 *
 * Returns: a number that grows when a mended cell made a row belong to a record of another number
 *   than before; what was known by numbers of records is to be asked anew then
 */
guint
yeji_import_file_get_generation (YejiImportFile *self)
{
  g_return_val_if_fail (YEJI_IS_IMPORT_FILE (self), 0);
  return self->generation;
}

/**
 * yeji_import_file_set_text:
 * @text: what the cell should have said
 *
 * Does the same for one cell.
 */
void
yeji_import_file_set_text (YejiImportFile        *self,
                           const YejiImportPlace *place,
                           const char            *text)
{
  yeji_import_file_set_texts (self, place, &text, 1);
}

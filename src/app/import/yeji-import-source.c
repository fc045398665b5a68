// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-source"

#include "config.h"

#include "yeji-import-source.h"

#include <glib/gi18n.h>

#include "yeji-import-words.h"
#include "yeji-messages.h"

struct _YejiImportSource
{
  GObject parent_instance;

  YejiImportFile *file;
  const YejiImportSheet *sheet;
  guint index;                 /* of the sheet */
  GArray *columns;             /* (element-type guint): those that are taken */
  GArray *rows;                /* (nullable) (element-type guint): those that are shown */
};

static void implement_source (YejiGridSourceInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (YejiImportSource, yeji_import_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (YEJI_TYPE_GRID_SOURCE, implement_source))

static void
get_cell (YejiImportSource *self,
          guint             row,
          guint             column,
          YejiImportCell   *cell)
{
  YejiImportPlace place;

  yeji_import_source_get_place (self, row, column, &place);
  yeji_import_file_get_cell (self->file, &place, cell);
}

static const YejiImportColumn *
get_column (YejiImportSource *self,
            guint             column)
{
  return g_ptr_array_index (self->sheet->columns, g_array_index (self->columns, guint, column));
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  guint one = *(const guint *) a, other = *(const guint *) b;

  return one < other ? -1 : one > other;
}

/* The rows of the sheet with a red cell, each once. */
static GArray *
list_bad (YejiImportSource *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = yeji_import_file_get_n_bad (self->file);
  guint kept = 0;

  for (guint i = 0; i < n; i++)
    {
      YejiImportPlace place;

      yeji_import_file_get_bad (self->file, i, &place);
      if (place.sheet == self->index
          && (rows->len == 0 || g_array_index (rows, guint, rows->len - 1) != place.row))
        g_array_append_val (rows, place.row);
    }
  g_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    if (kept == 0 || g_array_index (rows, guint, kept - 1) != g_array_index (rows, guint, i))
      g_array_index (rows, guint, kept++) = g_array_index (rows, guint, i);
  g_array_set_size (rows, kept);
  return rows;
}

/* ---- The source of a grid */

static const char *
get_label (YejiGridSource *source)
{
  return YEJI_IMPORT_SOURCE (source)->sheet->name;
}

static guint
count_rows (YejiGridSource *source)
{
  YejiImportSource *self = YEJI_IMPORT_SOURCE (source);

  return self->rows != NULL ? self->rows->len
                            : yeji_import_file_get_n_rows (self->file, self->index);
}

static guint
count_columns (YejiGridSource *source)
{
  return YEJI_IMPORT_SOURCE (source)->columns->len;
}

static const char *
get_heading (YejiGridSource  *source,
             guint            column,
             const char     **unit)
{
  const YejiImportColumn *at = get_column (YEJI_IMPORT_SOURCE (source), column);

  if (at->field == NULL)
    return *at->heading != '\0' ? at->heading : yeji_import_key_to_text (at->key);
  *unit = at->field->unit;
  return yeji_label (&at->field->label);
}

static guint
get_number (YejiGridSource *source,
            guint           row)
{
  YejiImportSource *self = YEJI_IMPORT_SOURCE (source);

  if (self->rows != NULL)
    row = g_array_index (self->rows, guint, row);
  return yeji_import_file_get_row_number (self->file, self->index, row);
}

static char *
get_text (YejiGridSource    *source,
          guint              row,
          guint              column,
          YejiGridCellFlags *flags)
{
  YejiImportCell cell;

  get_cell (YEJI_IMPORT_SOURCE (source), row, column, &cell);
  return yeji_import_cell_to_text (&cell);
}

static YejiGridCellFlags
get_marks (YejiGridSource *source,
           int             row,
           int             column)
{
  YejiGridCellFlags flags = 0;
  YejiImportCell cell;

  if (row < 0 || column < 0)
    return column < 0 ? YEJI_GRID_CELL_NUMERIC : 0;
  get_cell (YEJI_IMPORT_SOURCE (source), (guint) row, (guint) column, &cell);
  if (cell.trouble != YEJI_IMPORT_FITS)
    flags |= YEJI_GRID_CELL_ERROR;
  if (cell.field != NULL && cell.field->kind == YEJI_FIELD_NUMBER)
    flags |= YEJI_GRID_CELL_NUMERIC;
  return flags;
}

static char *
describe (YejiGridSource *source,
          guint           row,
          guint           column)
{
  YejiImportSource *self = YEJI_IMPORT_SOURCE (source);
  const char *unit = NULL;
  const char *heading = get_heading (source, column, &unit);
  YejiImportPlace place;
  YejiImportCell cell;
  g_autofree char *text = NULL;
  g_autofree char *all = NULL;
  g_autofree char *why = NULL;

  yeji_import_source_get_place (self, row, column, &place);
  yeji_import_file_get_cell (self->file, &place, &cell);
  text = yeji_import_cell_to_text (&cell);
  all = g_strdup_printf (_("Row %u, %s: %s"), get_number (source, row), heading,
                         *text != '\0' ? text : C_("cell", "empty"));
  if (cell.trouble == YEJI_IMPORT_FITS)
    return g_steal_pointer (&all);
  why = yeji_import_explain (self->file, &place);
  return g_strdup_printf ("%s. %s", all, why);
}

static void
implement_source (YejiGridSourceInterface *interface)
{
  interface->get_label = get_label;
  interface->get_n_rows = count_rows;
  interface->get_n_columns = count_columns;
  interface->get_heading = get_heading;
  interface->get_number = get_number;
  interface->get_text = get_text;
  interface->get_marks = get_marks;
  interface->describe = describe;
}

/* ---- */

static void
yeji_import_source_finalize (GObject *object)
{
  YejiImportSource *self = YEJI_IMPORT_SOURCE (object);

  g_object_unref (self->file);
  g_array_unref (self->columns);
  g_clear_pointer (&self->rows, g_array_unref);
  G_OBJECT_CLASS (yeji_import_source_parent_class)->finalize (object);
}

static void
yeji_import_source_class_init (YejiImportSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = yeji_import_source_finalize;
}

static void
yeji_import_source_init (YejiImportSource *self)
{
  self->columns = g_array_new (FALSE, FALSE, sizeof (guint));
}

/**
 * yeji_import_source_new:
 * @sheet: of the layout; one that is taken
 *
 * Returns: (transfer full): all rows of a sheet
 */
YejiImportSource *
yeji_import_source_new (YejiImportFile *file,
                        guint           sheet)
{
  YejiImportSource *self = g_object_new (YEJI_TYPE_IMPORT_SOURCE, NULL);

  self->file = g_object_ref (file);
  self->index = sheet;
  self->sheet = yeji_import_layout_get_sheet (yeji_import_file_get_layout (file), sheet);
  for (guint i = 0; i < self->sheet->columns->len; i++)
    {
      const YejiImportColumn *column = g_ptr_array_index (self->sheet->columns, i);

      if ((column->field != NULL && !column->field->by_platform)
          || column->key == YEJI_IMPORT_KEY_RECORD || column->key == YEJI_IMPORT_KEY_ROLE)
        g_array_append_val (self->columns, i);
    }
  return self;
}

YejiImportFile *
yeji_import_source_get_file (YejiImportSource *self)
{
  return self->file;
}

guint
yeji_import_source_get_sheet (YejiImportSource *self)
{
  return self->index;
}

/**
 * yeji_import_source_set_only_bad:
 *
 * Shows the rows that have red cells now, until this is called again: a row that is mended does not
 * vanish from under the clerk.
 */
void
yeji_import_source_set_only_bad (YejiImportSource *self,
                                 gboolean          only_bad)
{
  g_return_if_fail (YEJI_IS_IMPORT_SOURCE (self));

  g_clear_pointer (&self->rows, g_array_unref);
  if (only_bad)
    self->rows = list_bad (self);
  yeji_grid_source_tell_rows (self);
}

gboolean
yeji_import_source_get_only_bad (YejiImportSource *self)
{
  return self->rows != NULL;
}

/**
 * yeji_import_source_get_place:
 * @place: (out): where a cell of the grid is in the file
 */
void
yeji_import_source_get_place (YejiImportSource *self,
                              guint             row,
                              guint             column,
                              YejiImportPlace  *place)
{
  place->sheet = self->index;
  place->row = self->rows != NULL ? g_array_index (self->rows, guint, row) : row;
  place->column = g_array_index (self->columns, guint, column);
}

/**
 * yeji_import_source_find:
 *
 * Returns: whether a cell of the file, or its row, is shown; where it is is set then
 */
gboolean
yeji_import_source_find (YejiImportSource      *self,
                         const YejiImportPlace *place,
                         guint                 *row,
                         guint                 *column)
{
  if (place->sheet != self->index)
    return FALSE;
  *row = place->row;
  if (self->rows != NULL
      && !g_array_binary_search (self->rows, &place->row, compare_rows, row))
    return FALSE;
  if (*row >= count_rows (YEJI_GRID_SOURCE (self)) || self->columns->len == 0)
    return FALSE;
  for (*column = 0; *column < self->columns->len; (*column)++)
    if (g_array_index (self->columns, guint, *column) == place->column)
      return TRUE;
  *column = 0;                 /* of one that is left out: at least its row */
  return TRUE;
}

/**
 * yeji_import_source_tell:
 *
 * Says that a cell of the file is another.
 */
void
yeji_import_source_tell (YejiImportSource      *self,
                         const YejiImportPlace *place)
{
  guint row, column;

  if (yeji_import_source_find (self, place, &row, &column))
    yeji_grid_source_tell_cell (self, row, column);
}

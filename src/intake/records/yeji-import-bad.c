// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-import-plan"

#include "config.h"

#include "yeji-import-plan.h"

#include "yeji-sheet-writer.h"

#include <glib/gi18n-lib.h>

/* The rows that cannot be taken, as a workbook to be mended and imported: the columns of the file
 * behind one with the reasons. */

#define REASON_WIDTH 48
#define COLUMN_WIDTH 18

/* Rows above the data: what people read, what machines do. */
#define N_HEADINGS 2

typedef struct
{
  YejiImportPlan *plan;
  YejiImportFile *file;
  const YejiImportLayout *layout;
  YejiSheetWriter *writer;
  guint next_bad;              /* of the file's list, which is in the same order */
  guint n_rows;
} Saving;

static const char *
get_key_word (YejiImportKey key)
{
  switch (key)
    {
    case YEJI_IMPORT_KEY_RECORD:
      return "record";
    case YEJI_IMPORT_KEY_ROW:
      return "row";
    case YEJI_IMPORT_KEY_ROLE:
      return "role";
    case YEJI_IMPORT_KEY_REASON:
    case YEJI_IMPORT_KEY_NONE:
    default:
      return "";
    }
}

static gboolean
is_reason (const YejiImportSheet *sheet,
           guint                  column)
{
  return ((YejiImportColumn *) g_ptr_array_index (sheet->columns, column))->key
         == YEJI_IMPORT_KEY_REASON;
}

static gboolean
begin_sheet (Saving                 *saving,
             const YejiImportSheet  *sheet,
             guint                  *index,
             GError                **error)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  *index = yeji_sheet_writer_begin_sheet (saving->writer, sheet->name, 0);
  g_ptr_array_add (labels, (gpointer) _("Reason"));
  g_ptr_array_add (ids, g_strdup ("reason"));
  yeji_sheet_writer_set_column (saving->writer, *index, 0, REASON_WIDTH, FALSE);
  for (guint i = 0; i < sheet->columns->len; i++)
    {
      const YejiImportColumn *column = g_ptr_array_index (sheet->columns, i);

      if (is_reason (sheet, i))
        continue;
      yeji_sheet_writer_set_column (saving->writer, *index, labels->len, COLUMN_WIDTH, FALSE);
      g_ptr_array_add (labels, column->heading);
      g_ptr_array_add (ids, column->field != NULL
                            ? g_strdup_printf ("%s.%s", column->field->table->id, column->field->id)
                            : g_strdup (get_key_word (column->key)));
    }
  yeji_sheet_writer_freeze (saving->writer, *index, N_HEADINGS, 1);
  return yeji_sheet_writer_add_row (saving->writer, *index, (const char * const *) labels->pdata,
                                    labels->len, YEJI_CELL_STYLE_HEADING, error)
    && yeji_sheet_writer_add_row (saving->writer, *index, (const char * const *) ids->pdata,
                                  ids->len, YEJI_CELL_STYLE_ID, error);
}

/* The reasons of one row; its cells are marked. */
static char *
take_reasons (Saving                *saving,
              const YejiImportSheet *sheet,
              guint                  index,
              guint                  out,
              guint                  row)
{
  GString *reasons = g_string_new (NULL);

  for (; saving->next_bad < yeji_import_file_get_n_bad (saving->file); saving->next_bad++)
    {
      YejiImportPlace place;
      g_autofree char *words = NULL;
      guint at = 1;

      yeji_import_file_get_bad (saving->file, saving->next_bad, &place);
      if (place.sheet > index || (place.sheet == index && place.row > row))
        break;
      if (place.sheet != index || place.row != row)
        continue;
      words = yeji_import_file_explain (saving->file, &place);
      for (guint i = 0; i < place.column; i++)
        at += !is_reason (sheet, i);
      yeji_sheet_writer_mark_cell (saving->writer, out, at, YEJI_CELL_STYLE_BAD, words);
      g_string_append_printf (reasons, "%s%s", reasons->len > 0 ? "\n" : "", words);
    }
  return g_string_free (reasons, FALSE);
}

static gboolean
save_row (Saving                 *saving,
          const YejiImportSheet  *sheet,
          guint                   index,
          guint                   out,
          guint                   row,
          GError                **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autofree char *reasons = take_reasons (saving, sheet, index, out, row);

  g_ptr_array_add (texts, reasons);
  for (guint i = 0; i < sheet->columns->len; i++)
    {
      const YejiImportPlace place = { index, row, i };
      YejiImportCell cell;

      if (is_reason (sheet, i))
        continue;
      yeji_import_file_get_cell (saving->file, &place, &cell);
      g_ptr_array_add (texts, (gpointer) cell.text);
    }
  yeji_sheet_writer_mark_cell (saving->writer, out, 0, YEJI_CELL_STYLE_REASON, NULL);
  saving->n_rows++;
  return yeji_sheet_writer_add_row (saving->writer, out, (const char * const *) texts->pdata,
                                    texts->len, YEJI_CELL_STYLE_TEXT, error);
}

/* Whole projects: half of one could not be imported by itself. */
static gboolean
is_wanted (Saving *saving,
           guint   sheet,
           guint   row)
{
  guint record = yeji_import_file_get_record_of (saving->file, sheet, row);
  YejiImportPlace place;

  if (record != G_MAXUINT)
    return record < yeji_import_plan_get_n (saving->plan)
           && yeji_import_plan_get_item (saving->plan, record)->fate == YEJI_IMPORT_BAD;
  for (guint i = saving->next_bad; i < yeji_import_file_get_n_bad (saving->file); i++)
    {
      yeji_import_file_get_bad (saving->file, i, &place);
      if (place.sheet == sheet && place.row == row)
        return TRUE;
      if (place.sheet > sheet || (place.sheet == sheet && place.row > row))
        return FALSE;
    }
  return FALSE;
}

static gboolean
save_sheet (Saving   *saving,
            guint     index,
            GError  **error)
{
  const YejiImportSheet *sheet = yeji_import_layout_get_sheet (saving->layout, index);
  gboolean begun = FALSE;
  guint out = 0;

  for (guint i = 0; i < yeji_import_file_get_n_rows (saving->file, index); i++)
    {
      if (!is_wanted (saving, index, i))
        continue;
      if (!begun && !begin_sheet (saving, sheet, &out, error))
        return FALSE;
      begun = TRUE;
      if (!save_row (saving, sheet, index, out, i, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_import_plan_save_bad:
 * @path: of a workbook, which is replaced
 *
 * Saves all rows of the records of which a cell cannot be taken, with the reasons. Mended there, it
 * can be imported as it is. Blocks.
 *
 * Returns: how many rows there are; 0 with an error when it cannot be written, and without one
 *   where there are none
 */
guint
yeji_import_plan_save_bad (YejiImportPlan  *self,
                           const char      *path,
                           GError         **error)
{
  Saving saving = { self };
  gboolean saved = TRUE;

  g_return_val_if_fail (YEJI_IS_IMPORT_PLAN (self) && path != NULL, 0);

  saving.file = yeji_import_plan_get_file (self);
  saving.layout = yeji_import_file_get_layout (saving.file);
  if (yeji_import_file_get_n_bad (saving.file) == 0)
    return 0;
  saving.writer = yeji_sheet_writer_new (path, YEJI_SHEET_WRITER_XLSX, error);
  if (saving.writer == NULL)
    return 0;
  for (guint i = 0; saved && i < yeji_import_layout_get_n (saving.layout); i++)
    saved = save_sheet (&saving, i, error);
  if (!yeji_sheet_writer_close (saving.writer, saved, saved ? error : NULL))
    return 0;
  return saved ? saving.n_rows : 0;
}

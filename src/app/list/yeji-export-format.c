// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-export-format"

#include "config.h"

#include "yeji-export-format.h"

#include <glib/gi18n.h>

#include "yeji-background.h"
#include "yeji-mask.h"
#include "yeji-record-file.h"

static YejiRecordTarget *
open_json (GFile           *file,
           YejiDictionary  *dictionary,
           GError         **error)
{
  return yeji_record_target_new_json (file, error);
}

static YejiRecordTarget *
open_sheets (GFile                *file,
             YejiDictionary       *dictionary,
             YejiSheetWriterKind   kind,
             GError              **error)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL)
    return yeji_record_target_new_sheets (dictionary, path, kind, NULL,
                                          yeji_language_get_current (), error);
  g_set_error_literal (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_WRITE,
                       "no file of this computer");
  return NULL;
}

static YejiRecordTarget *
open_xlsx (GFile           *file,
           YejiDictionary  *dictionary,
           GError         **error)
{
  return open_sheets (file, dictionary, YEJI_SHEET_WRITER_XLSX, error);
}

static YejiRecordTarget *
open_zip (GFile           *file,
          YejiDictionary  *dictionary,
          GError         **error)
{
  return open_sheets (file, dictionary, YEJI_SHEET_WRITER_ZIP, error);
}

static const YejiExportFormat formats[] = {
  { N_("Excel workbook"), ".xlsx", open_xlsx },
  { N_("Record files (JSON)"), ".json", open_json },
  { N_("Tables (CSV in a zip archive)"), ".zip", open_zip },
};

/**
 * yeji_export_get_format:
 *
 * Returns: (nullable): one of the formats, %NULL behind the last
 */
const YejiExportFormat *
yeji_export_get_format (guint i)
{
  return i < G_N_ELEMENTS (formats) ? &formats[i] : NULL;
}

/**
 * yeji_export_open:
 * @format: index of the format
 * @dictionary: of the records
 *
 * Returns: (transfer full): a file to which records can be added; end it by yeji_export_close()
 */
YejiExport *
yeji_export_open (GFile           *file,
                  guint            format,
                  YejiDictionary  *dictionary,
                  GError         **error)
{
  YejiRecordTarget *target;
  YejiExport *self;

  g_return_val_if_fail (format < G_N_ELEMENTS (formats), NULL);

  target = formats[format].open (file, dictionary, error);
  if (target == NULL)
    return NULL;
  self = g_new0 (YejiExport, 1);
  self->target = target;
  self->file = g_object_ref (file);
  return self;
}

static gboolean
is_personal (YejiRow *row)
{
  GPtrArray *fields = yeji_row_get_table (row)->fields;

  for (guint i = 0; i < fields->len; i++)
    {
      const YejiFieldDef *field = g_ptr_array_index (fields, i);
      const char *value = field->personal != YEJI_PERSONAL_NO ? yeji_row_get (row, field) : "";

      if (*value != '\0' && !yeji_is_sealed (value))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_personal (YejiRecord *record)
{
  GPtrArray *tables = yeji_dictionary_get_tables (yeji_record_get_dictionary (record));

  for (guint i = 0; i < tables->len; i++)
    {
      const YejiTableDef *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < yeji_record_get_n_rows (record, table); j++)
        if (is_personal (yeji_record_get_row (record, table, j)))
          return TRUE;
    }
  return FALSE;
}

gboolean
yeji_export_add (YejiExport  *self,
                 YejiRecord  *record,
                 GError     **error)
{
  self->personal = self->personal || has_personal (record);
  return yeji_record_target_add (self->target, record, error);
}

/**
 * yeji_export_close:
 * @self: (transfer full)
 *
 * Returns: whether the file is as it should be
 */
gboolean
yeji_export_close (YejiExport  *self,
                   gboolean     keep,
                   GError     **error)
{
  gboolean closed = yeji_record_target_close (self->target, keep, error);

  g_object_unref (self->file);
  g_free (self);
  return closed;
}

/* --- on a thread of its own: a large workbook is put together only now --- */

typedef struct
{
  YejiExport *export;          /* (nullable): until it is closed */
  gboolean keep;
} Closing;

static void
free_closing (gpointer data)
{
  Closing *closing = data;

  if (closing->export != NULL)
    yeji_export_close (closing->export, FALSE, NULL);
  g_free (closing);
}

static gpointer
run_closing (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Closing *closing = data;

  return yeji_export_close (g_steal_pointer (&closing->export), closing->keep, error)
         ? GINT_TO_POINTER (TRUE) : NULL;
}

/**
 * yeji_export_close_async:
 * @self: (transfer full)
 *
 * Does what yeji_export_close() does, without blocking.
 */
void
yeji_export_close_async (YejiExport          *self,
                         gboolean             keep,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  Closing *closing = g_new (Closing, 1);

  closing->export = self;
  closing->keep = keep;
  yeji_background_run (NULL, run_closing, closing, free_closing, NULL, callback, user_data);
}

gboolean
yeji_export_close_finish (GAsyncResult  *result,
                          GError       **error)
{
  return yeji_background_finish (result, error) != NULL;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-export-format"

#include "config.h"

#include "yeji-export-format.h"

#include <glib/gi18n.h>

#include "yeji-mask.h"
#include "yeji-record-writer.h"

static gpointer
open_json (GFile   *file,
           GError **error)
{
  return yeji_record_writer_open (file, error);
}

static gboolean
add_json (gpointer     writer,
          YejiRecord  *record,
          GError     **error)
{
  return yeji_record_writer_add (writer, record, error);
}

static gboolean
close_json (gpointer   writer,
            gboolean   keep,
            GError   **error)
{
  return yeji_record_writer_close (writer, keep, error);
}

static const YejiExportFormat formats[] = {
  { N_("Record files (JSON)"), ".json", open_json, add_json, close_json },
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
 *
 * Returns: (transfer full): a file to which records can be added; end it by yeji_export_close()
 */
YejiExport *
yeji_export_open (GFile   *file,
                  guint    format,
                  GError **error)
{
  gpointer writer;
  YejiExport *self;

  g_return_val_if_fail (format < G_N_ELEMENTS (formats), NULL);

  writer = formats[format].open (file, error);
  if (writer == NULL)
    return NULL;
  self = g_new0 (YejiExport, 1);
  self->format = &formats[format];
  self->writer = writer;
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
  return self->format->add (self->writer, record, error);
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
  gboolean closed = self->format->close (self->writer, keep, error);

  g_object_unref (self->file);
  g_free (self);
  return closed;
}

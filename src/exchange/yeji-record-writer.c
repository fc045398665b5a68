// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-exchange"

#include "config.h"

#include "yeji-record-writer.h"

#include <string.h>

#include "yeji-json.h"

struct _YejiRecordWriter
{
  GOutputStream *stream;
  guint n_records;
};

/* What went wrong with the file is the caller's; which file it was, the caller knows. */
static gboolean
write_text (YejiRecordWriter  *self,
            const char        *text,
            GError           **error)
{
  g_autoptr (GError) failure = NULL;

  if (g_output_stream_write_all (self->stream, text, strlen (text), NULL, NULL, &failure))
    return TRUE;
  g_set_error_literal (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_WRITE, failure->message);
  return FALSE;
}

/**
 * yeji_record_writer_open:
 *
 * Begins an array of records in a file. Nobody sees it before yeji_record_writer_close().
 *
 * Returns: (transfer full): %NULL with %YEJI_EXCHANGE_ERROR_WRITE when it cannot be written
 */
YejiRecordWriter *
yeji_record_writer_open (GFile   *file,
                         GError **error)
{
  g_autoptr (GError) failure = NULL;
  GFileOutputStream *stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL,
                                              &failure);
  YejiRecordWriter *self;

  if (stream == NULL)
    {
      g_set_error_literal (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_WRITE,
                           failure->message);
      return NULL;
    }
  self = g_new0 (YejiRecordWriter, 1);
  self->stream = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (stream), 1 << 16);
  g_object_unref (stream);
  return self;
}

/**
 * yeji_record_writer_add:
 *
 * Returns: %FALSE with %YEJI_EXCHANGE_ERROR_WRITE; close it without keeping it then
 */
gboolean
yeji_record_writer_add (YejiRecordWriter  *self,
                        YejiRecord        *record,
                        GError           **error)
{
  g_autoptr (JsonNode) node = yeji_record_to_json (record);
  g_autofree char *text = yeji_json_print (node, TRUE);

  return write_text (self, self->n_records++ == 0 ? "[\n" : ",\n", error)
    && write_text (self, text, error);
}

/**
 * yeji_record_writer_close:
 * @self: (transfer full)
 * @keep: %FALSE leaves things as they were before it was opened
 *
 * Returns: whether there is a file now; %TRUE where none is to be kept
 */
gboolean
yeji_record_writer_close (YejiRecordWriter  *self,
                          gboolean           keep,
                          GError           **error)
{
  g_autoptr (GCancellable) given_up = g_cancellable_new ();
  g_autoptr (GError) failure = NULL;
  gboolean written = keep && write_text (self, self->n_records == 0 ? "[]\n" : "\n]\n", error);
  gboolean closed;

  /* GIO does not put the new file into the old one's place when closing is cancelled. */
  if (!written)
    g_cancellable_cancel (given_up);
  closed = g_output_stream_close (self->stream, given_up, &failure);
  if (written && !closed)
    g_set_error_literal (error, YEJI_EXCHANGE_ERROR, YEJI_EXCHANGE_ERROR_WRITE, failure->message);
  g_object_unref (self->stream);
  g_free (self);
  return !keep || (written && closed);
}

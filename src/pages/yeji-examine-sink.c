// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-examine"

#include "config.h"

#include "yeji-examine-private.h"

#include "yeji-examine.h"

/**
 * yeji_sink_open: (skip)
 * @limit: bytes; 0: any
 *
 * Begins a file that replaces another one, if there is one, when it is finished.
 */
gboolean
yeji_sink_open (YejiSink  *self,
                GFile     *file,
                gint64     limit,
                GError   **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *part = path != NULL ? g_strconcat (path, YEJI_EXAMINE_PART, NULL) : NULL;

  *self = (YejiSink) { .limit = limit > 0 ? limit : G_MAXINT64 };
  if (part == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "not on this computer");
      return FALSE;
    }
  self->file = g_object_ref (file);
  self->part = g_file_new_for_path (part);
  self->stream = g_file_replace (self->part, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error);
  return self->stream != NULL;
}

/**
 * yeji_sink_write: (skip)
 *
 * Writes for cairo, and counts. What goes beyond the limit is counted only.
 */
cairo_status_t
yeji_sink_write (void                *data,
                 const unsigned char *bytes,
                 unsigned int         length)
{
  YejiSink *self = data;

  self->written += length;
  if (self->error == NULL && self->written <= self->limit)
    g_output_stream_write_all (G_OUTPUT_STREAM (self->stream), bytes, length, NULL, NULL,
                               &self->error);
  return self->error == NULL ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/**
 * yeji_sink_finish: (skip)
 *
 * Puts the file in its place.
 *
 * Returns: %FALSE with %YEJI_PAGE_ERROR_TOO_LARGE when it is beyond the limit, or %G_IO_ERROR
 */
gboolean
yeji_sink_finish (YejiSink  *self,
                  GError   **error)
{
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }
  if (self->written > self->limit)
    {
      g_set_error_literal (error, YEJI_PAGE_ERROR, YEJI_PAGE_ERROR_TOO_LARGE, "does not fit");
      return FALSE;
    }
  return g_output_stream_close (G_OUTPUT_STREAM (self->stream), NULL, error)
         && g_file_move (self->part, self->file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, error);
}

/**
 * yeji_sink_clear: (skip)
 *
 * Leaves what was there before, unless it was finished.
 */
void
yeji_sink_clear (YejiSink *self)
{
  if (self->stream != NULL)
    {
      g_output_stream_close (G_OUTPUT_STREAM (self->stream), NULL, NULL);
      g_file_delete (self->part, NULL, NULL);
    }
  g_clear_object (&self->stream);
  g_clear_object (&self->part);
  g_clear_object (&self->file);
  g_clear_error (&self->error);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-tus-private.h"

#include <glib/gi18n-lib.h>

#define FILE_ATTRIBUTES \
  G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_TIME_MODIFIED "," \
  G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC

/**
 * yeji_tus_source_fail: (skip)
 * @what: translated where it is shown to somebody
 *
 * Says that the file is not what is to be sent.
 */
void
yeji_tus_source_fail (YejiTusSource  *self,
                      const char     *what,
                      GError        **error)
{
  g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE, "%s: %s", self->file->name, what);
}

static guint64
get_modified (GFileInfo *info)
{
  return g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED) * G_USEC_PER_SEC
         + g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC);
}

/**
 * yeji_tus_source_open: (skip)
 * @self: (out caller-allocates): to be cleared, whatever is returned
 * @file: must outlive it
 *
 * Opens a file. Fails with #YEJI_SYNC_ERROR_FILE when it is gone or has another size.
 */
gboolean
yeji_tus_source_open (YejiTusSource      *self,
                      const YejiTusFile  *file,
                      GCancellable       *cancellable,
                      GError            **error)
{
  g_autoptr (GFileInfo) info = NULL;

  *self = (YejiTusSource) { .file = file };
  self->stream = g_file_read (file->file, cancellable, NULL);
  if (self->stream != NULL)
    info = g_file_input_stream_query_info (self->stream, FILE_ATTRIBUTES, cancellable, NULL);
  if (info == NULL)
    {
      if (!g_cancellable_set_error_if_cancelled (cancellable, error))
        yeji_tus_source_fail (self, N_("it is gone"), error);
      return FALSE;
    }
  self->size = g_file_info_get_size (info);
  self->modified = get_modified (info);
  if (file->size < 0 || file->size == self->size)
    return TRUE;
  yeji_tus_source_fail (self, N_("it has another size than before"), error);
  return FALSE;
}

/**
 * yeji_tus_source_check: (skip)
 *
 * Returns: whether the file is still what was opened
 */
gboolean
yeji_tus_source_check (YejiTusSource  *self,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (self->file->file, FILE_ATTRIBUTES,
                                                  G_FILE_QUERY_INFO_NONE, cancellable, NULL);

  if (info == NULL)
    {
      if (!g_cancellable_set_error_if_cancelled (cancellable, error))
        yeji_tus_source_fail (self, N_("it has gone while it was sent"), error);
      return FALSE;
    }
  if (g_file_info_get_size (info) == self->size && get_modified (info) == self->modified)
    return TRUE;
  yeji_tus_source_fail (self, N_("it was changed while it was sent"), error);
  return FALSE;
}

/**
 * yeji_tus_source_read: (skip)
 *
 * Reads a part of the file, all of it or nothing.
 */
gboolean
yeji_tus_source_read (YejiTusSource  *self,
                      gint64          offset,
                      guint8         *data,
                      gsize           length,
                      GCancellable   *cancellable,
                      GError        **error)
{
  gsize got = 0;

  if (g_seekable_seek (G_SEEKABLE (self->stream), offset, G_SEEK_SET, cancellable, NULL)
      && g_input_stream_read_all (G_INPUT_STREAM (self->stream), data, length, &got, cancellable,
                                  NULL)
      && got == length)
    return TRUE;
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    yeji_tus_source_fail (self, N_("it cannot be read to its end"), error);
  return FALSE;
}

/**
 * yeji_tus_source_clear: (skip)
 *
 * Closes the file.
 */
void
yeji_tus_source_clear (YejiTusSource *self)
{
  g_clear_object (&self->stream);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-examine"

#include "config.h"

#include "yeji-examine-private.h"

#include <math.h>
#include <string.h>

#include "yeji-digest.h"
#include "yeji-examine.h"

#define PIECE_SIZE (256 * 1024)

/* What programs write that know nothing of paper, screens being so fine; believed of a small
 * picture alone, for no such sheet fits a scanner. */
static const double screens[] = { 72, 96 };
#define A4_INCHES 11.69
#define LEAST_SCAN 150

/* The file's last piece, put together from the last two that were read. */
typedef struct
{
  GByteArray *head;
  GByteArray *tail;
  YejiDigest *digest;
  gint64 size;
  YejiDocumentHead pictures;   /* of a PDF */
} Reading;

static gboolean
fail (GError     **error,
      int          code,
      const char  *reason)
{
  g_set_error_literal (error, YEJI_PAGE_ERROR, code, reason);
  return FALSE;
}

/* What is wrong with reading a file is wrong with the file. */
static gboolean
fail_reading (GError     **error,
              const GError *reason)
{
  return fail (error, YEJI_PAGE_ERROR_UNREADABLE, reason->message);
}

/**
 * yeji_examine_get_file: (skip)
 * @path: UTF-8, or an address where that cannot be said in UTF-8
 *
 * Returns: (transfer full): the file
 */
GFile *
yeji_examine_get_file (const char *path)
{
  return g_str_has_prefix (path, "file://") ? g_file_new_for_uri (path)
                                            : g_file_new_for_path (path);
}

static gboolean
query (GFile      *file,
       goffset    *size,
       gint64     *changed,
       GError    **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (file,
                                                  G_FILE_ATTRIBUTE_STANDARD_TYPE ","
                                                  G_FILE_ATTRIBUTE_STANDARD_SIZE ","
                                                  G_FILE_ATTRIBUTE_TIME_MODIFIED ","
                                                  G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC,
                                                  G_FILE_QUERY_INFO_NONE, NULL, &reason);

  if (info == NULL)
    return fail_reading (error, reason);
  /* Opening a pipe waits for somebody to write to it. */
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return fail (error, YEJI_PAGE_ERROR_UNREADABLE, "no file");
  *size = g_file_info_get_size (info);
  *changed = (gint64) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED)
             * G_USEC_PER_SEC
             + g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC);
  return TRUE;
}

/* All of a TIFF is head: its directories may be anywhere. */
static gsize
get_head_size (const Reading *reading)
{
  gboolean is_tiff = reading->head->len >= 4
                     && (memcmp (reading->head->data, "II*\0", 4) == 0
                         || memcmp (reading->head->data, "MM\0*", 4) == 0);

  return is_tiff ? YEJI_PAGE_MAX_FILE_SIZE : YEJI_DOCUMENT_HEAD_SIZE;
}

static void
take_piece (Reading      *reading,
            const guint8 *piece,
            gsize         length)
{
  gsize wanted = get_head_size (reading);

  yeji_digest_update (reading->digest, piece, length);
  yeji_document_note_pictures (piece, length, &reading->pictures);
  reading->size += (gint64) length;
  if (reading->head->len < wanted)
    g_byte_array_append (reading->head, piece, (guint) MIN (length, wanted - reading->head->len));
  if (reading->tail->len > PIECE_SIZE)
    g_byte_array_remove_range (reading->tail, 0, reading->tail->len - PIECE_SIZE);
  g_byte_array_append (reading->tail, piece, (guint) length);
}

static gboolean
read_all (GFile    *file,
          goffset   size,
          Reading  *reading,
          GError  **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &reason);
  g_autofree guint8 *piece = g_malloc (PIECE_SIZE);
  gssize length = -1;

  if (stream == NULL)
    return fail_reading (error, reason);
  while (reading->size <= size
         && (length = g_input_stream_read (G_INPUT_STREAM (stream), piece, PIECE_SIZE, NULL,
                                           &reason)) > 0)
    take_piece (reading, piece, (gsize) length);
  return length >= 0 || fail_reading (error, reason);
}

static gboolean
inspect (YejiInspected *self,
         Reading       *reading,
         GError       **error)
{
  gboolean ambiguous;

  self->media_type = yeji_document_find_type (reading->head->data, reading->head->len,
                                              reading->tail->data, reading->tail->len,
                                              &ambiguous);
  self->size = reading->size;
  self->sha256 = yeji_digest_finish_hex (reading->digest);
  if (self->media_type != NULL)
    yeji_document_read_head (self->media_type, reading->head->data, reading->head->len,
                             &self->head);
  if (g_strcmp0 (self->media_type, "application/pdf") == 0)
    {
      self->head.width = reading->pictures.width;
      self->head.height = reading->pictures.height;
    }
  if (reading->size == 0)
    return fail (error, YEJI_PAGE_ERROR_UNREADABLE, "the file is empty");
  return !ambiguous || fail (error, YEJI_PAGE_ERROR_UNREADABLE, "an image and a PDF at once");
}

/**
 * yeji_inspected_read: (skip)
 * @self: (out): what is known, also after an error
 *
 * Reads a file once: what it is, and its digest.
 *
 * Returns: %FALSE with %YEJI_PAGE_ERROR
 */
gboolean
yeji_inspected_read (YejiInspected *self,
                     GFile         *file,
                     GError       **error)
{
  Reading reading = { NULL };
  goffset size, size_after;
  gint64 changed, changed_after;
  gboolean done;

  *self = (YejiInspected) { .file = g_object_ref (file), .head = { .orientation = 1 } };
  if (!query (file, &size, &changed, error))
    return FALSE;
  self->size = size;
  if (size > YEJI_EXAMINE_MAX_SIZE)
    return fail (error, YEJI_PAGE_ERROR_TOO_LARGE, "too many bytes");
  reading.head = g_byte_array_new ();
  reading.tail = g_byte_array_new ();
  reading.digest = yeji_digest_new (YEJI_DIGEST_SHA256);
  done = read_all (file, size, &reading, error)
         && query (file, &size_after, &changed_after, error);
  if (done && (reading.size != size || size_after != size || changed_after != changed))
    done = fail (error, YEJI_PAGE_ERROR_UNREADABLE, "the file is being written to");
  done = done && inspect (self, &reading, error);
  g_byte_array_unref (reading.head);
  g_byte_array_unref (reading.tail);
  yeji_digest_free (reading.digest);
  return done;
}

/**
 * yeji_inspected_clear: (skip)
 */
void
yeji_inspected_clear (YejiInspected *self)
{
  g_clear_object (&self->file);
  g_clear_pointer (&self->sha256, g_free);
}

/**
 * yeji_inspected_open: (skip)
 *
 * Opens what was inspected, if it is of a kind that is shown.
 *
 * Returns: (transfer full) (nullable): %NULL with %YEJI_PAGE_ERROR
 */
YejiPageSource *
yeji_inspected_open (YejiInspected *self,
                     GError       **error)
{
  gboolean is_pdf = g_strcmp0 (self->media_type, "application/pdf") == 0;
  g_autoptr (GError) reason = NULL;
  YejiPageSource *source;

  if (self->media_type == NULL
      || (!is_pdf && !g_str_equal (self->media_type, "image/jpeg")
          && !g_str_equal (self->media_type, "image/png")
          && !g_str_equal (self->media_type, "image/tiff")))
    {
      fail (error, YEJI_PAGE_ERROR_FOREIGN,
            self->media_type != NULL ? self->media_type : "of no known kind");
      return NULL;
    }
  source = yeji_page_source_open_rough (self->file, is_pdf ? YEJI_EXAMINE_MAX_SIZE
                                                           : YEJI_PAGE_MAX_FILE_SIZE,
                                        NULL, &reason);
  if (source == NULL && reason->domain == YEJI_PAGE_ERROR)
    g_propagate_error (error, g_steal_pointer (&reason));
  else if (source == NULL)
    fail_reading (error, reason);
  return source;
}

/**
 * yeji_inspected_get_dpi: (skip)
 *
 * Returns: what an image says of its resolution, 0 when that is nothing or is not to be believed
 */
guint
yeji_inspected_get_dpi (const YejiInspected *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (screens); i++)
    if (fabs (self->head.dpi - screens[i]) < 0.5
        && MAX (self->head.width, self->head.height) >= A4_INCHES * LEAST_SCAN)
      return 0;
  return (guint) round (self->head.dpi);
}

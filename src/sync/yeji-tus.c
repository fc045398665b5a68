// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-tus.h"

#define SMALL_FILE (2 * 1024 * 1024)
#define PIECE (4 * 1024 * 1024)
/* How often one try puts up with a province that lost count, before the record's turn is over. */
#define MAX_DOUBTS 8
#define UPLOADS_PATH "/v1/files"

/* One file on its way. What is to be done next follows from where it is. */
typedef struct
{
  YejiStore *store;
  YejiProvince *province;
  const char *record;
  const YejiUpload *upload;
  GCancellable *cancellable;
  GFileInputStream *stream;
  gint64 size;
  char *url;                   /* NULL: the province has no upload of it */
  gint64 offset;               /* what the province has; -1: to be asked */
  guint doubts;
  gboolean done;
} Transfer;

static void
transfer_clear (Transfer *self)
{
  g_clear_object (&self->stream);
  g_free (self->url);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Transfer, transfer_clear)

static void
set_file_error (Transfer    *self,
                const char  *what,
                GError     **error)
{
  g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE, "%s: %s", self->upload->filename,
               what);
}

static gboolean
open_file (Transfer  *self,
           GError   **error)
{
  g_autoptr (GFile) file = yeji_store_get_file (self->store, self->upload->sha256);
  g_autoptr (GFileInfo) info = NULL;

  self->stream = g_file_read (file, self->cancellable, NULL);
  if (self->stream != NULL)
    info = g_file_input_stream_query_info (self->stream, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                           self->cancellable, NULL);
  if (info == NULL)
    {
      if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
        set_file_error (self, "gone from the profile", error);
      return FALSE;
    }
  self->size = g_file_info_get_size (info);
  if (self->upload->size >= 0 && self->upload->size != self->size)
    {
      set_file_error (self, "has another size than when it was attached", error);
      return FALSE;
    }
  return TRUE;
}

static GBytes *
read_piece (Transfer  *self,
            gint64     offset,
            gsize      length,
            GError   **error)
{
  g_autofree char *data = g_malloc (length);
  gsize got = 0;

  if (!g_seekable_seek (G_SEEKABLE (self->stream), offset, G_SEEK_SET, self->cancellable, NULL)
      || !g_input_stream_read_all (G_INPUT_STREAM (self->stream), data, length, &got,
                                   self->cancellable, NULL)
      || got != length)
    {
      if (!g_cancellable_set_error_if_cancelled (self->cancellable, error))
        set_file_error (self, "cannot be read to its end", error);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

static gboolean
keep_url (Transfer  *self,
          GError   **error)
{
  return yeji_upload_note_url (self->store, self->upload->attachment, self->url, error);
}

static gboolean
start_anew (Transfer  *self,
            GError   **error)
{
  g_clear_pointer (&self->url, g_free);
  self->offset = -1;
  self->doubts++;
  return keep_url (self, error);
}

static gboolean
ask_offset (Transfer *self)
{
  self->offset = -1;
  self->doubts++;
  return TRUE;
}

/* Was it damaged here or on the way? Only the file itself can tell. */
static gboolean
check_content (Transfer  *self,
               GError   **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (gint64 at = 0; at < self->size; at += PIECE)
    {
      g_autoptr (GBytes) piece = read_piece (self, at, (gsize) MIN (PIECE, self->size - at), error);

      if (piece == NULL)
        return FALSE;
      g_checksum_update (checksum, g_bytes_get_data (piece, NULL),
                         (gssize) g_bytes_get_size (piece));
    }
  if (!g_str_equal (g_checksum_get_string (checksum), self->upload->sha256))
    {
      set_file_error (self, "has other content than when it was attached", error);
      return FALSE;
    }
  return start_anew (self, error);
}

static gboolean
is_gone (guint status)
{
  return status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE
         || status == SOUP_STATUS_FORBIDDEN;
}

static YejiReply *
post_upload (Transfer  *self,
             GBytes    *content,
             GError   **error)
{
  const YejiUpload *upload = self->upload;
  g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, self->size);
  g_autofree char *metadata = yeji_metadata_print ("record", self->record,
                                                   "slot", upload->slot,
                                                   "sha256", upload->sha256,
                                                   "filename", upload->filename,
                                                   "filetype", upload->media_type, NULL);

  return yeji_province_send (self->province, "POST", UPLOADS_PATH, content,
                             content != NULL ? YEJI_WIRE_OFFSET_TYPE : NULL,
                             self->cancellable, error,
                             "Tus-Resumable", YEJI_WIRE_TUS_VERSION,
                             "Upload-Length", length,
                             "Upload-Metadata", metadata, NULL);
}

static gboolean
take_created (Transfer   *self,
              YejiReply  *reply,
              GBytes     *content,
              GError    **error)
{
  gint64 offset = yeji_reply_get_offset (reply);

  if (content != NULL && offset == self->size)
    {
      self->done = TRUE;
      return TRUE;
    }
  self->url = yeji_province_localise (self->province,
                                      soup_message_headers_get_one (reply->headers, "Location"));
  if (self->url == NULL)
    {
      g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE,
                           "an upload was created at no address of the province");
      return FALSE;
    }
  if (!keep_url (self, error))
    return FALSE;
  self->offset = 0;
  return content == NULL || ask_offset (self);
}

static gboolean
create (Transfer  *self,
        GError   **error)
{
  g_autoptr (GBytes) content = NULL;
  g_autoptr (YejiReply) reply = NULL;

  if (self->size <= SMALL_FILE)
    {
      content = read_piece (self, 0, (gsize) self->size, error);
      if (content == NULL)
        return FALSE;
    }
  reply = post_upload (self, content, error);
  if (reply == NULL)
    return FALSE;
  if (reply->status == YEJI_STATUS_CHECKSUM_MISMATCH)
    return check_content (self, error);
  if (!yeji_reply_check (reply, error))
    return FALSE;
  if (reply->status == SOUP_STATUS_CREATED)
    return take_created (self, reply, content, error);
  return ask_offset (self);
}

/* Every byte has arrived, but whether the sum was right got lost with the answer. */
static gboolean
confirm (Transfer  *self,
         GError   **error)
{
  g_autoptr (GPtrArray) uploads = g_ptr_array_new ();
  g_autoptr (GHashTable) held = NULL;

  g_ptr_array_add (uploads, (gpointer) self->upload);
  held = yeji_uploader_ask (self->province, self->record, uploads, self->cancellable, error);
  if (held == NULL)
    return FALSE;
  self->done = g_hash_table_contains (held, self->upload->sha256);
  return self->done || start_anew (self, error);
}

static gboolean
locate (Transfer  *self,
        GError   **error)
{
  g_autoptr (YejiReply) reply = yeji_province_send (self->province, "HEAD", self->url, NULL, NULL,
                                                    self->cancellable, error,
                                                    "Tus-Resumable", YEJI_WIRE_TUS_VERSION, NULL);
  gint64 offset;

  if (reply == NULL)
    return FALSE;
  if (is_gone (reply->status))
    return start_anew (self, error);
  if (!yeji_reply_check (reply, error))
    return FALSE;

  offset = yeji_reply_get_offset (reply);
  if (offset < 0 || offset > self->size)
    return start_anew (self, error);
  self->offset = offset;
  return offset < self->size || confirm (self, error);
}

static gboolean
take_acknowledged (Transfer  *self,
                   YejiReply *reply,
                   gint64     expected)
{
  if (reply->status != SOUP_STATUS_NO_CONTENT || yeji_reply_get_offset (reply) != expected)
    return ask_offset (self);
  self->offset = expected;
  self->done = expected == self->size;
  return TRUE;
}

static gboolean
send_piece (Transfer  *self,
            GError   **error)
{
  gsize length = (gsize) MIN (PIECE, self->size - self->offset);
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, self->offset);
  g_autoptr (GBytes) piece = read_piece (self, self->offset, length, error);
  g_autoptr (YejiReply) reply = NULL;

  if (piece == NULL)
    return FALSE;
  reply = yeji_province_send (self->province, "PATCH", self->url, piece, YEJI_WIRE_OFFSET_TYPE,
                              self->cancellable, error,
                              "Tus-Resumable", YEJI_WIRE_TUS_VERSION,
                              "Upload-Offset", offset, NULL);
  if (reply == NULL)
    return FALSE;
  if (reply->status == SOUP_STATUS_CONFLICT)
    return ask_offset (self);
  if (reply->status == YEJI_STATUS_CHECKSUM_MISMATCH)
    return check_content (self, error);
  if (is_gone (reply->status))
    return start_anew (self, error);
  return yeji_reply_check (reply, error)
         && take_acknowledged (self, reply, self->offset + (gint64) length);
}

static gboolean
take_step (Transfer  *self,
           GError   **error)
{
  if (self->doubts > MAX_DOUBTS)
    {
      g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY,
                   "the province loses count of %s", self->upload->filename);
      return FALSE;
    }
  if (self->url == NULL)
    return create (self, error);
  if (self->offset < 0)
    return locate (self, error);
  return send_piece (self, error);
}

/**
 * yeji_tus_send:
 * @record: the record that the file belongs to; the province knows it already
 * @upload: what to send
 *
 * Sends one file by tus 1.0.0: in one request up to 2 MB, else in pieces of 4 MB, going on where an
 * earlier try ended. Returns only when the province has said that the whole file arrived with the
 * right sum. Fails as yeji_province_send() and yeji_reply_check() do, and with
 * #YEJI_SYNC_ERROR_FILE when the profile's copy is not what was attached.
 *
 * Returns: whether the province has the file
 */
gboolean
yeji_tus_send (YejiStore         *store,
               YejiProvince      *province,
               const char        *record,
               const YejiUpload  *upload,
               GCancellable      *cancellable,
               GError           **error)
{
  g_auto (Transfer) transfer = {
    .store = store,
    .province = province,
    .record = record,
    .upload = upload,
    .cancellable = cancellable,
    .url = g_strdup (upload->url),
    .offset = -1,
  };

  if (!open_file (&transfer, error))
    return FALSE;
  while (!transfer.done)
    if (!take_step (&transfer, error))
      return FALSE;
  return TRUE;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-uploader.h"

#define UPLOADS_PATH "/v1/files"
/* After so many breaks without a byte gained, whatever arrives of a piece shall count. */
#define CAREFUL_FAILURES 3

struct _YejiUploader
{
  YejiStore *store;
  YejiProvince *province;
  YejiTus *tus;
};

/* One file on its way. */
typedef struct
{
  YejiUploader *uploader;
  YejiTransferRow *row;
  const YejiUploadWatch *watch;
} Upload;

static JsonNode *
make_question (const char *record,
               GPtrArray  *sums)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < sums->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (sums, i));
  json_object_set_string_member (object, "record", record);
  json_object_set_array_member (object, "sha256", array);
  json_node_take_object (node, object);
  return node;
}

static GHashTable *
read_held (YejiReply  *reply,
           GError    **error)
{
  JsonObject *object = yeji_json_node_object (reply->body);
  JsonArray *have = object != NULL ? yeji_json_get_array (object, "have") : NULL;
  GHashTable *held;

  if (have == NULL)
    {
      g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE,
                           "the province does not say which files it has");
      return NULL;
    }
  held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < json_array_get_length (have); i++)
    {
      const char *sha256 = yeji_json_node_string (json_array_get_element (have, i));

      if (sha256 != NULL)
        g_hash_table_add (held, g_strdup (sha256));
    }
  return held;
}

static YejiReply *
send_request (gpointer               line,
              const YejiTusRequest  *request,
              GCancellable          *cancellable,
              GError               **error)
{
  YejiUploader *self = line;

  return yeji_province_upload (self->province, request, cancellable, error);
}

static char *
localise (gpointer    line,
          const char *location)
{
  YejiUploader *self = line;

  return yeji_province_localise (self->province, location);
}

static const YejiTusLine province_line = { send_request, localise };

static gboolean
note_url (const char  *url,
          gpointer     data,
          GError     **error)
{
  Upload *upload = data;

  g_free (upload->row->url);
  upload->row->url = g_strdup (url);
  upload->row->sent = 0;
  return yeji_store_note_transfer (upload->uploader->store, upload->row, error);
}

static void
note_offset (gint64   offset,
             gpointer data)
{
  Upload *upload = data;

  upload->row->sent = offset;
  upload->watch->note_offset (offset, upload->watch->data);
}

static void
count_request (gint64   duration,
               gint64   n_bytes,
               gpointer data)
{
  Upload *upload = data;

  upload->watch->count (duration, n_bytes, upload->watch->data);
}

static gboolean
confirm (gboolean      *held,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Upload *upload = data;
  g_autoptr (GPtrArray) sums = g_ptr_array_new ();
  g_autoptr (GHashTable) have = NULL;

  g_ptr_array_add (sums, upload->row->sha256);
  have = yeji_uploader_ask (upload->uploader->province, upload->row->record, sums, cancellable,
                            error);
  if (have == NULL)
    return FALSE;
  *held = g_hash_table_contains (have, upload->row->sha256);
  return TRUE;
}

/* An earlier try whose answer was lost may have brought the file, and the record may have been
 * submitted with it since: then there is nothing to be refused. */
static gboolean
is_there_already (Upload        *upload,
                  GError       **error,
                  GCancellable  *cancellable)
{
  g_autoptr (GError) unheard = NULL;
  gboolean held = FALSE;

  if (!g_error_matches (*error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_REFUSED)
      || !confirm (&held, upload, cancellable, &unheard) || !held)
    return FALSE;
  g_clear_error (error);
  return TRUE;
}

/**
 * yeji_uploader_ask:
 * @sums: (element-type utf8): sha256 of files
 *
 * Asks which files of a record the province has whole. Fails as yeji_province_send() and
 * yeji_reply_check() do.
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the set of their sha256
 */
GHashTable *
yeji_uploader_ask (YejiProvince  *province,
                   const char    *record,
                   GPtrArray     *sums,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (JsonNode) question = make_question (record, sums);
  g_autoptr (YejiReply) reply = yeji_province_call (province, "POST", UPLOADS_PATH ":have",
                                                    question, cancellable, error, NULL);

  if (reply == NULL || !yeji_reply_check (reply, error))
    return NULL;
  return read_held (reply, error);
}

/**
 * yeji_uploader_new:
 *
 * Returns: (transfer full): what sends files to @province
 */
YejiUploader *
yeji_uploader_new (YejiStore    *store,
                   YejiProvince *province)
{
  YejiUploader *self = g_new0 (YejiUploader, 1);

  self->store = g_object_ref (store);
  self->province = g_object_ref (province);
  self->tus = yeji_tus_new (&province_line, self, UPLOADS_PATH);
  return self;
}

/**
 * yeji_uploader_free:
 * @self: (nullable) (transfer full)
 *
 * Frees an uploader that sends nothing.
 */
void
yeji_uploader_free (YejiUploader *self)
{
  if (self == NULL)
    return;
  yeji_tus_free (self->tus);
  g_object_unref (self->province);
  g_object_unref (self->store);
  g_free (self);
}

/**
 * yeji_uploader_send:
 * @row: what to send; its url and what the province has of it are kept in the store
 *
 * Sends one file of a record that the province knows, going on where an earlier try ended. Returns
 * only when the province has said that it has the whole file with the right sum. Fails as
 * yeji_tus_send() does.
 *
 * Returns: whether the province has the file
 */
gboolean
yeji_uploader_send (YejiUploader           *self,
                    YejiTransferRow        *row,
                    const YejiUploadWatch  *watch,
                    GCancellable           *cancellable,
                    GError                **error)
{
  g_autoptr (GFile) file = yeji_store_get_file (self->store, row->sha256);
  g_autofree char *metadata = yeji_metadata_print ("record", row->record,
                                                   "slot", row->slot,
                                                   "sha256", row->sha256,
                                                   "filename", row->filename,
                                                   "filetype", row->media_type, NULL);
  Upload upload = { self, row, watch };
  YejiTusFile tus = {
    .file = file,
    .name = row->filename,
    .size = row->size,
    .sha256 = row->sha256,
    .metadata = metadata,
    .careful = row->failures >= CAREFUL_FAILURES,
    .url = g_strdup (row->url),
    .pacer = watch->pacer,
    .note_url = note_url,
    .note_offset = note_offset,
    .confirm = confirm,
    .count = count_request,
    .data = &upload,
  };
  GError *failure = NULL;
  gboolean sent = yeji_tus_send (self->tus, &tus, cancellable, &failure)
                  || is_there_already (&upload, &failure, cancellable);

  g_free (tus.url);
  if (!sent)
    g_propagate_error (error, failure);
  return sent;
}

/**
 * yeji_uploader_forget:
 * @url: of an upload
 *
 * Tells the province that nobody goes on with an upload.
 */
void
yeji_uploader_forget (YejiUploader *self,
                      const char   *url,
                      GCancellable *cancellable)
{
  yeji_tus_terminate (self->tus, url, cancellable);
}

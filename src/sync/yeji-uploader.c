// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-uploader.h"

#include <string.h>

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

static char *
print_metadata (const YejiTransferRow *row)
{
  return yeji_metadata_print ("record", row->record,
                              "slot", row->slot,
                              "sha256", row->sha256,
                              "filename", row->filename,
                              "filetype", row->media_type, NULL);
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
  g_autofree char *metadata = print_metadata (row);
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

static void
count_nothing (gint64   duration,
               gint64   n_bytes,
               gpointer data)
{
}

/**
 * yeji_uploader_peek_batch:
 * @n_files: (out): how many small files may go in one request now; 0: each goes by itself
 * @n_bytes: (out): how many bytes these may have together
 *
 * Does what yeji_tus_peek_batch() does.
 */
gboolean
yeji_uploader_peek_batch (YejiUploader *self,
                          guint        *n_files,
                          gint64       *n_bytes)
{
  return yeji_tus_peek_batch (self->tus, n_files, n_bytes);
}

/**
 * yeji_uploader_get_batch:
 *
 * Does what yeji_tus_get_batch() does.
 */
gboolean
yeji_uploader_get_batch (YejiUploader  *self,
                         guint         *n_files,
                         gint64        *n_bytes,
                         GCancellable  *cancellable,
                         GError       **error)
{
  const YejiTusFile nobody = { .name = "", .count = count_nothing };

  return yeji_tus_get_batch (self->tus, &nobody, n_files, n_bytes, cancellable, error);
}

/* Those of which an earlier answer may have got lost, record by record. */
static gboolean
find_held (YejiUploader      *self,
           YejiTransferRow  **rows,
           const gboolean    *unsure,
           YejiTusResult     *results,
           guint              n_files,
           GCancellable      *cancellable,
           GError           **error)
{
  g_autoptr (GHashTable) asked = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n_files; i++)
    {
      g_autoptr (GPtrArray) sums = g_ptr_array_new ();
      g_autoptr (GHashTable) have = NULL;

      if (!unsure[i] || !g_hash_table_add (asked, rows[i]->record))
        continue;
      for (guint k = i; k < n_files; k++)
        if (unsure[k] && g_str_equal (rows[k]->record, rows[i]->record))
          g_ptr_array_add (sums, rows[k]->sha256);
      have = yeji_uploader_ask (self->province, rows[i]->record, sums, cancellable, error);
      if (have == NULL)
        return FALSE;
      for (guint k = i; k < n_files; k++)
        if (unsure[k] && g_str_equal (rows[k]->record, rows[i]->record)
            && g_hash_table_contains (have, rows[k]->sha256))
          results[k].outcome = YEJI_TUS_OUTCOME_RECEIVED;
    }
  return TRUE;
}

/* What is refused may be there by an earlier try, as of a single file. */
static void
look_at_refused (Upload         *uploads,
                 YejiTusResult  *results,
                 guint           n_files,
                 GCancellable   *cancellable)
{
  for (guint i = 0; i < n_files; i++)
    if (results[i].outcome == YEJI_TUS_OUTCOME_FAILED
        && is_there_already (&uploads[i], &results[i].error, cancellable))
      results[i].outcome = YEJI_TUS_OUTCOME_RECEIVED;
}

/**
 * yeji_uploader_send_many:
 * @rows: what to send, no more than yeji_uploader_get_batch() says, and none that was begun
 * @watches: one for each
 * @unsure: of each, whether the province may have it without our knowing
 * @results: (out caller-allocates): what became of each, whatever is returned
 *
 * Sends small files in one request, but for those that the province says that it has. Fails as
 * yeji_uploader_ask() and yeji_tus_batch_send() do.
 */
gboolean
yeji_uploader_send_many (YejiUploader           *self,
                         YejiTransferRow       **rows,
                         const YejiUploadWatch  *watches,
                         const gboolean         *unsure,
                         YejiTusResult          *results,
                         guint                   n_files,
                         GCancellable           *cancellable,
                         GError                **error)
{
  g_autofree YejiTusFile *files = g_new0 (YejiTusFile, n_files);
  g_autofree YejiTusResult *sent = g_new0 (YejiTusResult, n_files);
  g_autofree Upload *uploads = g_new0 (Upload, n_files);
  g_autofree guint *numbers = g_new0 (guint, n_files);
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  gboolean done = TRUE;
  guint n = 0, most;
  gint64 n_bytes;

  memset (results, 0, n_files * sizeof *results);
  if (!find_held (self, rows, unsure, results, n_files, cancellable, error))
    return FALSE;
  for (guint i = 0; i < n_files; i++)
    {
      YejiTransferRow *row = rows[i];

      if (results[i].outcome == YEJI_TUS_OUTCOME_RECEIVED)
        continue;
      g_ptr_array_add (objects, yeji_store_get_file (self->store, row->sha256));
      g_ptr_array_add (texts, print_metadata (row));
      uploads[n] = (Upload) { self, row, &watches[i] };
      files[n] = (YejiTusFile) {
        .file = g_ptr_array_index (objects, n),
        .name = row->filename,
        .size = row->size,
        .sha256 = row->sha256,
        .metadata = g_ptr_array_index (texts, n),
        .pacer = watches[i].pacer,
        .note_offset = note_offset,
        .count = count_request,
        .data = &uploads[n],
      };
      numbers[n++] = i;
    }
  /* (who was asked only what the province has goes on by himself where it takes no batch) */
  if (n > 0 && yeji_tus_peek_batch (self->tus, &most, &n_bytes) && most > 0)
    done = yeji_tus_batch_send (self->tus, files, sent, n, cancellable, error);
  look_at_refused (uploads, sent, n, cancellable);
  for (guint i = 0; i < n; i++)
    results[numbers[i]] = sent[i];
  return done;
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

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-uploader.h"

#include "yeji-tus.h"

#define MAX_THREADS 2

/* The files of one record, which the threads take one after another. */
typedef struct
{
  YejiStore *store;
  YejiProvince *province;
  const char *record;
  GPtrArray *uploads;
  GCancellable *cancellable;

  GMutex mutex;                /* guards what follows */
  guint next;
  guint sent;
  GError *error;               /* the first one */
} Batch;

static JsonNode *
make_question (const char *record,
               GPtrArray  *uploads)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < uploads->len; i++)
    {
      const YejiUpload *upload = g_ptr_array_index (uploads, i);

      json_array_add_string_element (array, upload->sha256);
    }
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

static const YejiUpload *
take_next (Batch *batch)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&batch->mutex);

  if (batch->error != NULL || batch->next == batch->uploads->len)
    return NULL;
  return g_ptr_array_index (batch->uploads, batch->next++);
}

static gboolean
send_file (Batch             *batch,
           const YejiUpload  *upload,
           GError           **error)
{
  return yeji_tus_send (batch->store, batch->province, batch->record, upload, batch->cancellable,
                        error)
         && yeji_upload_note_received (batch->store, upload->attachment, error);
}

static gpointer
send_files (gpointer data)
{
  Batch *batch = data;

  for (const YejiUpload *upload = take_next (batch); upload != NULL; upload = take_next (batch))
    {
      GError *error = NULL;
      gboolean sent = send_file (batch, upload, &error);
      g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&batch->mutex);

      if (sent)
        batch->sent++;
      else if (batch->error == NULL)
        batch->error = error;
      else
        g_error_free (error);
    }
  return NULL;
}

/**
 * yeji_uploader_ask:
 * @uploads: (element-type YejiUpload)
 *
 * Asks which files of a record the province has whole. Fails as yeji_province_send() and
 * yeji_reply_check() do.
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the set of their sha256
 */
GHashTable *
yeji_uploader_ask (YejiProvince  *province,
                   const char    *record,
                   GPtrArray     *uploads,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (JsonNode) question = make_question (record, uploads);
  g_autoptr (YejiReply) reply = yeji_province_call (province, "POST", "/v1/files:have", question,
                                                    cancellable, error, NULL);

  if (reply == NULL || !yeji_reply_check (reply, error))
    return NULL;
  return read_held (reply, error);
}

/**
 * yeji_uploader_send:
 * @uploads: (element-type YejiUpload): what the province does not have
 * @sent: (out): how many files it has got, also when others failed
 *
 * Sends the files of one record, two at a time, and marks each as received once the province said
 * so. The first failure ends it; a file that is under way then is finished. Fails as
 * yeji_tus_send() does.
 *
 * Returns: whether the province has all of them
 */
gboolean
yeji_uploader_send (YejiStore     *store,
                    YejiProvince  *province,
                    const char    *record,
                    GPtrArray     *uploads,
                    guint         *sent,
                    GCancellable  *cancellable,
                    GError       **error)
{
  Batch batch = { store, province, record, uploads, cancellable };
  GThread *threads[MAX_THREADS - 1] = { NULL };

  g_mutex_init (&batch.mutex);
  for (guint i = 0; i < G_N_ELEMENTS (threads) && i + 1 < uploads->len; i++)
    threads[i] = g_thread_new ("yeji-upload", send_files, &batch);
  send_files (&batch);
  for (guint i = 0; i < G_N_ELEMENTS (threads) && threads[i] != NULL; i++)
    g_thread_join (threads[i]);
  g_mutex_clear (&batch.mutex);

  *sent = batch.sent;
  if (batch.error == NULL)
    return TRUE;
  g_propagate_error (error, batch.error);
  return FALSE;
}

/* The clerk may detach a document while it is under way. */
static gboolean
forgive_detached (GError   *failure,
                  GError  **error)
{
  if (failure == NULL)
    return TRUE;
  if (g_error_matches (failure, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    {
      g_error_free (failure);
      return TRUE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * yeji_upload_note_url:
 * @attachment: (nullable): its id; a document that is no longer attached is left alone
 * @url: (nullable): where the province takes the file, %NULL: nowhere any more
 *
 * Keeps where an upload goes on after a restart.
 *
 * Returns: whether the store took it
 */
gboolean
yeji_upload_note_url (YejiStore   *store,
                      const char  *attachment,
                      const char  *url,
                      GError     **error)
{
  GError *failure = NULL;

  if (attachment != NULL)
    yeji_store_set_upload (store, attachment, url, &failure);
  return forgive_detached (failure, error);
}

/**
 * yeji_upload_note_received:
 * @attachment: (nullable): its id; a document that is no longer attached is left alone
 *
 * Keeps that the province said that it has the whole file.
 *
 * Returns: whether the store took it
 */
gboolean
yeji_upload_note_received (YejiStore   *store,
                           const char  *attachment,
                           GError     **error)
{
  GError *failure = NULL;

  if (attachment != NULL)
    yeji_store_set_received (store, attachment, &failure);
  return forgive_detached (failure, error);
}

/**
 * yeji_upload_free:
 * @self: (nullable) (transfer full)
 *
 * Frees an upload.
 */
void
yeji_upload_free (YejiUpload *self)
{
  if (self == NULL)
    return;
  g_free (self->slot);
  g_free (self->sha256);
  g_free (self->filename);
  g_free (self->media_type);
  g_free (self->attachment);
  g_free (self->url);
  g_free (self);
}

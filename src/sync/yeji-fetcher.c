// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-fetcher.h"

#include <string.h>

#include "yeji-change-reader.h"
#include "yeji-store-others.h"

/* What another computer of the enterprise brought to the province: the changes tell that it is
 * there, and this fetches it. */

static YejiReply *
get_record (YejiProvince  *province,
            const char    *uuid,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autofree char *path = g_strconcat ("/v1/records/", uuid, NULL);

  return yeji_province_call (province, "GET", path, NULL, cancellable, error, NULL);
}

static gboolean
is_gone (YejiReply *reply)
{
  return reply->status == SOUP_STATUS_NOT_FOUND || reply->status == SOUP_STATUS_GONE
         || reply->status == SOUP_STATUS_FORBIDDEN;
}

/* The last word of a page on a record is what the province says of it now; whatever came in between
 * is told by the pages after it once more. */
static void
put_in (GPtrArray  *answers,
        YejiAnswer *fetched)
{
  for (guint i = answers->len; i > 0; i--)
    {
      YejiAnswer *answer = g_ptr_array_index (answers, i - 1);

      if (!g_str_equal (answer->uuid, fetched->uuid))
        continue;
      fetched->content = g_strdup (answer->content);
      fetched->petition = g_steal_pointer (&answer->petition);
      if (fetched->at == NULL)
        fetched->at = g_strdup (answer->at);
      g_ptr_array_index (answers, i - 1) = fetched;
      yeji_answer_free (answer);
      return;
    }
  yeji_answer_free (fetched);
}

static gboolean
fetch (YejiProvince  *province,
       const char    *uuid,
       GPtrArray     *answers,
       GCancellable  *cancellable,
       GError       **error)
{
  g_autoptr (YejiReply) reply = get_record (province, uuid, cancellable, error);
  YejiAnswer *answer;

  if (reply == NULL)
    return FALSE;
  if (is_gone (reply))         /* a later change tells of it */
    return TRUE;
  if (!yeji_reply_check (reply, error))
    return FALSE;
  answer = yeji_change_reader_read_record (reply, uuid, error);
  if (answer == NULL)
    return FALSE;
  put_in (answers, answer);
  return TRUE;
}

/**
 * yeji_fetcher_fill:
 * @answers: (element-type YejiAnswer): a page of changes
 *
 * Fetches the records of a page that another computer brought to the province, and puts what they
 * are now into it. Fails as yeji_province_call() and yeji_reply_check() do, and as the store does.
 */
gboolean
yeji_fetcher_fill (YejiStore     *store,
                   YejiProvince  *province,
                   GPtrArray     *answers,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (GPtrArray) uuids = yeji_store_list_news (store, answers, error);

  for (guint i = 0; uuids != NULL && i < uuids->len; i++)
    if (!fetch (province, g_ptr_array_index (uuids, i), answers, cancellable, error))
      return FALSE;
  return uuids != NULL;
}

/* (transfer full) (nullable): the id under which the province has a content of a record */
static char *
find_id (YejiReply  *reply,
         const char *sha256)
{
  JsonObject *object = yeji_json_node_object (reply->body);
  JsonArray *files = object != NULL ? yeji_json_get_array (object, "files") : NULL;
  guint length = files != NULL ? json_array_get_length (files) : 0;

  for (guint i = 0; i < length; i++)
    {
      JsonObject *file = yeji_json_node_object (json_array_get_element (files, i));
      const char *id = file != NULL ? yeji_json_get_string (file, "id") : NULL;

      if (id != NULL && strspn (id, "0123456789abcdef") == strlen (id)
          && g_strcmp0 (yeji_json_get_string (file, "sha256"), sha256) == 0)
        return g_strdup (id);
    }
  return NULL;
}

static gint64
get_limit (YejiStore *store)
{
  return yeji_dictionary_get_limits (yeji_store_get_dictionary (store))->file_size;
}

/**
 * yeji_fetcher_get_file:
 * @uuid: of the record
 * @sha256: of a document of it that is elsewhere
 *
 * Fetches the content of a document that another computer attached, and keeps it here. Fails as
 * yeji_fetcher_fill() does, and with %YEJI_SYNC_ERROR_FILE when the province does not have it.
 */
gboolean
yeji_fetcher_get_file (YejiStore     *store,
                       YejiProvince  *province,
                       const char    *uuid,
                       const char    *sha256,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (YejiReply) record = get_record (province, uuid, cancellable, error);
  g_autoptr (YejiReply) file = NULL;
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;

  if (record == NULL || !yeji_reply_check (record, error))
    return FALSE;
  id = find_id (record, sha256);
  if (id == NULL)
    {
      g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE,
                           "the province does not have this document");
      return FALSE;
    }
  path = g_strconcat ("/v1/files/", id, NULL);
  file = yeji_province_fetch (province, path, (gsize) get_limit (store), cancellable, error);
  if (file == NULL || !yeji_reply_check (file, error))
    return FALSE;
  return yeji_store_take_content (store, sha256, file->content, cancellable, error);
}

/**
 * yeji_fetcher_run:
 * @sha256: (nullable): of one document, whatever became of it here; %NULL fetches all that are
 *   elsewhere
 * @n_fetched: (out): how many came
 *
 * Fetches documents of a record that another computer attached, with the profile's account. Blocks.
 * Fails as yeji_province_new() and yeji_fetcher_get_file() do.
 */
gboolean
yeji_fetcher_run (YejiStore     *store,
                  const char    *uuid,
                  const char    *sha256,
                  guint         *n_fetched,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (GHashTable) elsewhere = yeji_store_list_elsewhere (store, uuid, error);
  g_autoptr (YejiProvince) province = NULL;
  GHashTableIter iter;
  gpointer sum;

  g_return_val_if_fail (uuid != NULL, FALSE);

  *n_fetched = 0;
  if (elsewhere == NULL)
    return FALSE;
  if (sha256 != NULL)
    {
      g_hash_table_remove_all (elsewhere);
      g_hash_table_add (elsewhere, g_strdup (sha256));
    }
  if (g_hash_table_size (elsewhere) > 0)
    province = yeji_province_new (store, error);
  if (province == NULL)
    return g_hash_table_size (elsewhere) == 0;
  g_hash_table_iter_init (&iter, elsewhere);
  while (g_hash_table_iter_next (&iter, &sum, NULL))
    {
      if (!yeji_fetcher_get_file (store, province, uuid, sum, cancellable, error))
        return FALSE;
      (*n_fetched)++;
    }
  return TRUE;
}

typedef struct
{
  YejiStore *store;
  char *uuid;
  char *sha256;                /* (nullable) */
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->store);
  g_free (wish->uuid);
  g_free (wish->sha256);
  g_free (wish);
}

static void
run_task (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  const Wish *wish = data;
  GError *error = NULL;
  guint n;

  if (yeji_fetcher_run (wish->store, wish->uuid, wish->sha256, &n, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * yeji_fetcher_run_async:
 *
 * Does what yeji_fetcher_run() does, in a thread.
 */
void
yeji_fetcher_run_async (YejiStore           *store,
                        const char          *uuid,
                        const char          *sha256,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Wish *wish = g_new (Wish, 1);

  wish->store = g_object_ref (store);
  wish->uuid = g_strdup (uuid);
  wish->sha256 = g_strdup (sha256);
  g_task_set_source_tag (task, yeji_fetcher_run_async);
  g_task_set_task_data (task, wish, wish_free);
  g_task_run_in_thread (task, run_task);
}

gboolean
yeji_fetcher_run_finish (GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-tus-batch.h"

#include "yeji-batch-stream.h"

#include <string.h>

#define SUFFIX ":batch"

/* Many files on their way. */
typedef struct
{
  YejiTus *tus;
  const YejiTusFile *files;
  YejiTusResult *results;
  GCancellable *cancellable;
  YejiTusSource *all;
  GArray *numbers;             /* (element-type guint): of those that go */
  YejiBatchBody body;
  gint64 n_bytes;
} Sending;

static void
sending_clear (Sending *self)
{
  if (self->body.sources != NULL)
    for (guint i = 0; i < self->body.sources->len; i++)
      yeji_tus_source_clear (g_ptr_array_index (self->body.sources, i));
  g_clear_pointer (&self->body.sources, g_ptr_array_unref);
  g_clear_pointer (&self->body.list, g_bytes_unref);
  g_clear_error (&self->body.error);
  g_clear_pointer (&self->numbers, g_array_unref);
  g_free (self->all);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sending, sending_clear)

/* (transfer full): an error of the file alone is its outcome; FALSE for others */
static gboolean
take_error (YejiTusResult  *result,
            GError         *failure,
            GError        **error)
{
  if (!g_error_matches (failure, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  result->outcome = YEJI_TUS_OUTCOME_FAILED;
  result->error = failure;
  return TRUE;
}

/* What is gone by now keeps none of the others back. */
static gboolean
open_files (Sending  *self,
            guint     n_files,
            GError  **error)
{
  for (guint i = 0; i < n_files; i++)
    {
      YejiTusSource *source = &self->all[i];
      GError *failure = NULL;

      self->results[i] = (YejiTusResult) { YEJI_TUS_OUTCOME_ALONE, NULL };
      if (yeji_tus_source_open (source, &self->files[i], self->cancellable, &failure)
          && source->size > 0)
        {
          g_ptr_array_add (self->body.sources, source);
          g_array_append_val (self->numbers, i);
          self->n_bytes += source->size;
          continue;
        }
      yeji_tus_source_clear (source);
      if (failure != NULL && !take_error (&self->results[i], failure, error))
        return FALSE;
    }
  return TRUE;
}

static GBytes *
print_list (Sending *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *list = json_array_new ();
  g_autofree char *text = NULL;
  gsize length;
  guint32 prefix;
  guint8 *bytes;

  for (guint i = 0; i < self->body.sources->len; i++)
    {
      const YejiTusSource *source = g_ptr_array_index (self->body.sources, i);
      JsonObject *file = json_object_new ();

      json_object_set_int_member (file, "length", source->size);
      json_object_set_string_member (file, "metadata", source->file->metadata);
      json_array_add_object_element (list, file);
    }
  json_object_set_array_member (object, "files", list);
  json_node_take_object (node, object);
  text = yeji_json_print (node, FALSE);
  length = strlen (text);
  prefix = GUINT32_TO_BE ((guint32) length);
  bytes = g_malloc (YEJI_WIRE_BATCH_PREFIX + length);
  memcpy (bytes, &prefix, YEJI_WIRE_BATCH_PREFIX);
  memcpy (bytes + YEJI_WIRE_BATCH_PREFIX, text, length);
  return g_bytes_new_take (bytes, YEJI_WIRE_BATCH_PREFIX + length);
}

static GInputStream *
open_body (gpointer data)
{
  Sending *self = data;

  g_clear_error (&self->body.error);
  return yeji_batch_stream_new (&self->body);
}

static gboolean
set_strange (GError     **error,
             const char  *what)
{
  g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE,
               "the answer to many files cannot be read: %s", what);
  return FALSE;
}

/* What a file that goes by itself can mend is left to it: a sum that was wrong on the way, a server
 * that is short of something. */
static gboolean
take_result (Sending        *self,
             YejiReply      *reply,
             JsonObject     *object,
             guint           number,
             GError        **error)
{
  JsonNode *problem = object != NULL ? json_object_get_member (object, "problem") : NULL;
  gint64 status = object != NULL
                    ? json_object_get_int_member_with_default (object, "status", 0) : 0;
  g_autoptr (YejiRefusal) refusal = NULL;
  g_autoptr (GError) reason = NULL;
  YejiTusResult *result = &self->results[number];
  const YejiTusFile *file = &self->files[number];
  YejiReply alone = { .headers = reply->headers };

  if (status == SOUP_STATUS_CREATED)
    {
      result->outcome = YEJI_TUS_OUTCOME_RECEIVED;
      if (file->note_offset != NULL)
        file->note_offset (self->all[number].size, file->data);
      return TRUE;
    }
  if (status < 400 || status > 599 || problem == NULL)
    return set_strange (error, "a result without a status");
  refusal = yeji_refusal_from_json (problem, &reason);
  if (refusal == NULL)
    return set_strange (error, reason->message);
  alone.status = (guint) status;
  alone.refusal = refusal;
  yeji_reply_check (&alone, &result->error);
  if (status == YEJI_STATUS_CHECKSUM_MISMATCH
      || !g_error_matches (result->error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_REFUSED))
    g_clear_error (&result->error);
  else
    result->outcome = YEJI_TUS_OUTCOME_FAILED;
  return TRUE;
}

static gboolean
read_results (Sending    *self,
              YejiReply  *reply,
              GError    **error)
{
  gsize length;
  const char *text = g_bytes_get_data (reply->content, &length);
  g_autoptr (JsonNode) node = yeji_json_parse (text, (gssize) length, NULL);
  JsonObject *object = node != NULL ? yeji_json_node_object (node) : NULL;
  JsonArray *list = object != NULL ? yeji_json_get_array (object, "files") : NULL;

  if (list == NULL || json_array_get_length (list) != self->numbers->len)
    return set_strange (error, "not as many results as files");
  for (guint i = 0; i < self->numbers->len; i++)
    {
      guint number = g_array_index (self->numbers, guint, i);

      if (!take_result (self, reply, yeji_json_node_object (json_array_get_element (list, i)),
                        number, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
exchange (Sending  *self,
          GError  **error)
{
  g_autofree char *url = g_strconcat (self->tus->endpoint, SUFFIX, NULL);
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_autoptr (YejiReply) reply = NULL;
  g_autoptr (GError) reason = NULL;
  const YejiTusRequest request = {
    .method = "POST",
    .url = url,
    .headers = headers,
    .media_type = YEJI_WIRE_BATCH_TYPE,
    .open = open_body,
    .open_data = self,
    .size = g_bytes_get_size (self->body.list) + (gsize) self->n_bytes,
    .pacer = &self->files[0].pacer,
  };

  reply = yeji_tus_exchange (self->tus, &request, &self->files[0], self->cancellable, &reason);
  if (self->body.error != NULL)
    {
      guint number = g_array_index (self->numbers, guint, self->body.failed);

      for (guint i = 0; i < self->numbers->len; i++)
        self->results[g_array_index (self->numbers, guint, i)].outcome = YEJI_TUS_OUTCOME_CUT;
      return take_error (&self->results[number], g_steal_pointer (&self->body.error), error);
    }
  if (reply == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (yeji_reply_check (reply, &reason))
    return read_results (self, reply, error);
  if (!g_error_matches (reason, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  /* an older server behind the same address, or a proxy that lets nothing so large through */
  yeji_tus_forget_batch (self->tus);
  return TRUE;
}

/**
 * yeji_tus_batch_send:
 * @files: with `metadata`, and together no more than yeji_tus_get_batch() says; no `url`
 * @results: (out caller-allocates): what became of each; those that are not certain are to be asked
 *     after before they are sent once more, as a line that breaks may have taken the answer along
 *
 * Sends many small files in one request. Each is read when its turn comes, so that their number is
 * of no matter to the memory. Fails as the line does, with results that count all the same.
 *
 * Returns: whether there was an answer, or a file that has kept it from being sent
 */
gboolean
yeji_tus_batch_send (YejiTus            *tus,
                     const YejiTusFile  *files,
                     YejiTusResult      *results,
                     guint               n_files,
                     GCancellable       *cancellable,
                     GError            **error)
{
  g_auto (Sending) sending = {
    .tus = tus,
    .files = files,
    .results = results,
    .cancellable = cancellable,
    .all = g_new0 (YejiTusSource, n_files),
    .numbers = g_array_new (FALSE, FALSE, sizeof (guint)),
    .body = { .sources = g_ptr_array_new (), .cancellable = cancellable },
  };

  g_return_val_if_fail (tus != NULL && n_files > 0, FALSE);

  if (!open_files (&sending, n_files, error))
    return FALSE;
  if (sending.numbers->len == 0)
    return TRUE;
  sending.body.list = print_list (&sending);
  return exchange (&sending, error);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

/* What is asked of the province for approved records goes there: first the documents that prove it,
 * by the queue of transfers, then the application. It may be asked again after any failure: the key
 * makes it one. */

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-petition-pusher.h"

#include <glib/gi18n-lib.h>

#include "yeji-clock.h"
#include "yeji-json.h"
#include "yeji-petition-reader.h"
#include "yeji-sync-words.h"
#include "yeji-transfer-store.h"
#include "yeji-uploader.h"

#define FIRST_PAUSE 5
#define MAX_PAUSE 600
#define MAX_AHEAD 7200
/* Tries of what the province did not understand: it may have been spoilt on its way. */
#define SPOILT_TRIES 10

/* How the documents of a petition stand. */
typedef enum
{
  FILES_THERE,
  FILES_WAIT,
  FILES_UNKNOWN,               /* nobody has put them into the queue */
  FILES_FAILED,
} FilesState;

typedef struct
{
  YejiStore *store;
  char *id;
} Wish;

static void
free_wish (gpointer data)
{
  Wish *wish = data;

  g_object_unref (wish->store);
  g_free (wish->id);
  g_free (wish);
}

static const YejiTransferRow *
find_transfer (GPtrArray  *transfers,
               const char *sha256)
{
  for (guint i = 0; i < transfers->len; i++)
    {
      const YejiTransferRow *row = g_ptr_array_index (transfers, i);

      if (g_str_equal (row->slot, YEJI_WIRE_SLOT_EVIDENCE) && g_str_equal (row->sha256, sha256))
        return row;
    }
  return NULL;
}

static gboolean
read_files_state (YejiStore           *store,
                  const YejiPetition  *petition,
                  FilesState          *state,
                  GError             **error)
{
  g_autoptr (GPtrArray) transfers = yeji_store_list_transfers (store, petition->record, error);

  if (transfers == NULL)
    return FALSE;
  *state = FILES_THERE;
  for (guint i = 0; i < petition->files->len; i++)
    {
      const YejiPetitionFile *file = g_ptr_array_index (petition->files, i);
      const YejiTransferRow *row = find_transfer (transfers, file->sha256);

      if (row == NULL)
        *state = MAX (*state, FILES_UNKNOWN);
      else if (row->state == YEJI_TRANSFER_FAILED || row->state == YEJI_TRANSFER_CANCELLED)
        *state = FILES_FAILED;
      else if (row->state != YEJI_TRANSFER_RECEIVED)
        *state = MAX (*state, FILES_WAIT);
    }
  return TRUE;
}

/* Back to the clerk, who reads why. Nothing of it is at the province. */
static gboolean
give_back (YejiStore     *store,
           YejiPetition  *petition,
           const char    *words,
           GError       **error)
{
  petition->state = YEJI_PETITION_DRAFT;
  petition->begun = FALSE;
  g_free (petition->failure);
  petition->failure = g_strdup (words);
  return yeji_store_note_petition (store, petition, error);
}

static gboolean
put_off (YejiStore     *store,
         YejiPetition  *petition,
         const char    *words,
         GError       **error)
{
  guint pause = MIN (FIRST_PAUSE << MIN (petition->attempts, 10), MAX_PAUSE);

  petition->attempts++;
  petition->next_attempt = g_get_real_time () / G_USEC_PER_SEC + pause;
  g_free (petition->failure);
  petition->failure = g_strdup (words);
  return yeji_store_note_petition (store, petition, error);
}

static GPtrArray *
make_rows (const YejiPetition *petition,
           GHashTable         *held)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_transfer_row_free);

  for (guint i = 0; i < petition->files->len; i++)
    {
      const YejiPetitionFile *file = g_ptr_array_index (petition->files, i);
      YejiTransferRow *row;

      if (held != NULL && g_hash_table_contains (held, file->sha256))
        continue;
      row = g_new0 (YejiTransferRow, 1);
      row->record = g_strdup (petition->record);
      row->slot = g_strdup (YEJI_WIRE_SLOT_EVIDENCE);
      row->sha256 = g_strdup (file->sha256);
      row->filename = g_strdup (file->filename);
      row->media_type = g_strdup (file->media_type);
      row->size = file->size;
      g_ptr_array_add (rows, row);
    }
  return rows;
}

/* Which of the documents are still to be sent, as the province says; an earlier try may have
 * brought them. */
static GPtrArray *
list_missing (YejiStore           *store,
              YejiProvince        *province,
              const YejiPetition  *petition,
              GCancellable        *cancellable,
              GError             **error)
{
  g_autoptr (GPtrArray) sums = g_ptr_array_new ();
  g_autoptr (GHashTable) held = NULL;

  for (guint i = 0; i < petition->files->len; i++)
    g_ptr_array_add (sums, ((YejiPetitionFile *) g_ptr_array_index (petition->files, i))->sha256);
  if (sums->len == 0)
    return make_rows (petition, NULL);
  held = yeji_uploader_ask (province, petition->record, sums, cancellable, error);
  return held != NULL ? make_rows (petition, held) : NULL;
}

/* Whether the record still is what the clerk saw. */
static gboolean
is_as_seen (YejiStore           *store,
            const YejiPetition  *petition,
            gboolean            *same,
            GError             **error)
{
  g_autoptr (YejiRecord) record = yeji_store_load_as_is (store, petition->record, error);

  if (record == NULL)
    return FALSE;
  *same = yeji_petition_fits (petition, record);
  return TRUE;
}

static JsonNode *
make_body (const YejiPetition *petition)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *changes = json_array_new ();
  JsonArray *evidence = json_array_new ();

  for (guint i = 0; i < petition->changes->len; i++)
    {
      const YejiPetitionChange *change = g_ptr_array_index (petition->changes, i);
      YejiPetitionRow row = yeji_petition_change_get_row (change);
      JsonObject *one = json_object_new ();

      json_object_set_string_member (one, "pointer", change->pointer);
      if (row == YEJI_PETITION_ROW_STAYS)
        json_object_set_string_member (one, "after", change->after);
      else
        json_object_set_string_member (one, "row",
                                       row == YEJI_PETITION_ROW_COMES ? "added" : "removed");
      json_array_add_object_element (changes, one);
    }
  for (guint i = 0; i < petition->files->len; i++)
    json_array_add_string_element (evidence, ((YejiPetitionFile *)
                                              g_ptr_array_index (petition->files, i))->sha256);
  json_object_set_string_member (object, "reason", petition->reason);
  if (petition->kind == YEJI_PETITION_CORRECTION)
    json_object_set_array_member (object, "changes", changes);
  else
    json_array_unref (changes);
  json_object_set_array_member (object, "evidence", evidence);
  json_node_take_object (node, object);
  return node;
}

static YejiReply *
post (YejiStore           *store,
      YejiProvince        *province,
      const YejiPetition  *petition,
      GCancellable        *cancellable,
      GError             **error)
{
  g_autoptr (YejiEntry) entry = yeji_store_get_entry (store, petition->record, error);
  g_autoptr (JsonNode) body = make_body (petition);
  g_autofree char *tag = NULL;
  g_autofree char *path = NULL;

  if (entry == NULL)
    return NULL;
  tag = g_strdup_printf ("\"%s\"", yeji_entry_get_revision (entry));
  path = g_strdup_printf (petition->kind == YEJI_PETITION_CORRECTION
                            ? "/v1/records/%s/corrections" : "/v1/records/%s:apply-withdrawal",
                          petition->record);
  return yeji_province_call (province, "POST", path, body, cancellable, error, "Idempotency-Key",
                             petition->id, "If-Match", tag, NULL);
}

static char *
get_words (const GError *failure)
{
  const YejiRefusal *refusal = yeji_sync_error_get_refusal (failure);
  GString *words;

  if (refusal == NULL)
    return g_strdup (failure->message);
  words = g_string_new (refusal->detail != NULL ? refusal->detail : refusal->title);
  for (guint i = 0; i < refusal->errors->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (refusal->errors, i);

      g_string_append_printf (words, "\n%s: %s", yeji_problem_get_pointer (problem),
                              yeji_problem_get_message (problem));
    }
  return g_string_free (words, FALSE);
}

/* Takes over what the province has now, as a change would. */
static gboolean
take_answer (YejiStore     *store,
             YejiPetition  *petition,
             YejiReply     *reply,
             GError       **error)
{
  g_autoptr (YejiPetition) answer = NULL;

  answer = yeji_petition_reader_read (yeji_json_node_object (reply->body));
  if (answer == NULL || !g_str_equal (answer->id, petition->id))
    {
      g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE,
                           "no answer to be used: an application that is not ours");
      return FALSE;
    }
  petition->state = answer->state;
  g_free (petition->message);
  petition->message = g_strdup (answer->message);
  g_free (petition->office);
  petition->office = g_strdup (answer->office);
  g_free (petition->reviewer);
  petition->reviewer = g_strdup (answer->reviewer);
  g_free (petition->decided_at);
  petition->decided_at = g_strdup (answer->decided_at);
  g_clear_pointer (&petition->failure, g_free);
  g_free (petition->there);
  petition->there = g_strdup (answer->there);
  g_free (petition->sent_at);
  petition->sent_at = g_strdup (answer->sent_at);
  return yeji_store_note_petition (store, petition, error);
}

/* FALSE ends the cycle, with an error. */
static gboolean
settle (YejiStore     *store,
        YejiPetition  *petition,
        GError        *failure,
        guint         *n_refused,
        GError       **error)
{
  g_autoptr (GError) reason = failure;
  g_autofree char *words = get_words (reason);
  const YejiRefusal *refusal = yeji_sync_error_get_refusal (reason);

  petition->begun = petition->begun && refusal == NULL;   /* what was refused is not there */
  /* the newest revision comes with the changes */
  if (g_error_matches (reason, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_STALE)
      || (refusal != NULL && g_str_equal (refusal->kind, YEJI_WIRE_MALFORMED)
          && petition->attempts < SPOILT_TRIES))
    return put_off (store, petition, words, error);
  if (refusal != NULL && g_str_equal (refusal->kind, YEJI_WIRE_MISSING_FILES)
      && petition->attempts < SPOILT_TRIES)
    return put_off (store, petition, words, error);
  if (g_error_matches (reason, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_REFUSED)
      || g_error_matches (reason, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_STALE))
    {
      (*n_refused)++;
      return give_back (store, petition, words, error);
    }
  if (g_error_matches (reason, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE)
      || g_error_matches (reason, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    return TRUE;               /* it was taken back meanwhile */
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/* Brings one petition as far as it comes now. FALSE with an error that settle() looks at. */
static gboolean
push (YejiStore     *store,
      YejiProvince  *province,
      YejiPetition  *petition,
      guint         *n_sent,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (GPtrArray) missing = NULL;
  g_autoptr (YejiReply) reply = NULL;
  gboolean same;

  if (!petition->begun)
    {
      if (!is_as_seen (store, petition, &same, error))
        return FALSE;
      if (!same)
        return give_back (store, petition, _("The record changed at the province since this was "
                                             "written. Look at it and send it again."), error);
      missing = list_missing (store, province, petition, cancellable, error);
      if (missing == NULL || !yeji_store_begin_petition (store, petition->id, missing, error))
        return FALSE;
      if (missing->len > 0)
        return TRUE;           /* its turn comes when they are there */
      petition->begun = TRUE;
    }
  reply = post (store, province, petition, cancellable, error);
  if (reply == NULL || !yeji_reply_check (reply, error)
      || !take_answer (store, petition, reply, error))
    return FALSE;
  (*n_sent)++;
  return TRUE;
}

static gboolean
is_due (const YejiPetition *petition,
        FilesState          files,
        gint64              now)
{
  return petition->state == YEJI_PETITION_QUEUED && files != FILES_WAIT
         && (petition->next_attempt <= now || petition->next_attempt > now + MAX_AHEAD);
}

static gboolean
push_one (YejiStore     *store,
          YejiProvince  *province,
          YejiPetition  *petition,
          FilesState     files,
          guint         *n_sent,
          guint         *n_refused,
          GCancellable  *cancellable,
          GError       **error)
{
  GError *failure = NULL;

  if (files == FILES_FAILED && !petition->begun)
    {
      (*n_refused)++;
      return give_back (store, petition, _("A document of the evidence could not be sent. Remove "
                                           "it or attach it again, and send the application "
                                           "again."), error);
    }
  return push (store, province, petition, n_sent, cancellable, &failure)
         || settle (store, petition, failure, n_refused, error);
}

/**
 * yeji_petition_push_due:
 * @now: Unix seconds; what is put off until later waits
 * @n_sent: how many the province has now, is added to
 * @n_refused: how many it did not take, is added to
 *
 * Sends what is asked for approved records. One that the province does not take is a draft again,
 * with its words, and no error. Blocks; fails as yeji_province_send() does.
 *
 * Returns: whether other work with the province may go on
 */
gboolean
yeji_petition_push_due (YejiStore     *store,
                        YejiProvince  *province,
                        gint64         now,
                        guint         *n_sent,
                        guint         *n_refused,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (GPtrArray) petitions = yeji_store_list_petitions (store, NULL, error);

  if (petitions == NULL)
    return FALSE;
  for (guint i = petitions->len; i > 0; i--)
    {
      YejiPetition *petition = g_ptr_array_index (petitions, i - 1);
      FilesState files;

      if (petition->state != YEJI_PETITION_QUEUED)
        continue;
      if (!read_files_state (store, petition, &files, error)
          || (is_due (petition, files, now)
              && !push_one (store, province, petition, files, n_sent, n_refused, cancellable,
                            error)))
        return FALSE;
    }
  return TRUE;
}

/**
 * yeji_petition_has_due:
 * @files_only: whether to look only for those whose documents have come
 * @due: (out): whether there is something to send now
 */
gboolean
yeji_petition_has_due (YejiStore  *store,
                       gboolean    files_only,
                       gboolean   *due,
                       GError    **error)
{
  g_autoptr (GPtrArray) petitions = yeji_store_list_petitions (store, NULL, error);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  *due = FALSE;
  for (guint i = 0; petitions != NULL && i < petitions->len; i++)
    {
      const YejiPetition *petition = g_ptr_array_index (petitions, i);
      FilesState files;

      if (petition->state != YEJI_PETITION_QUEUED)
        continue;
      if (!read_files_state (store, petition, &files, error))
        return FALSE;
      *due = *due || (is_due (petition, files, now)
                      && (!files_only || (files != FILES_UNKNOWN && petition->files->len > 0)));
    }
  return petitions != NULL;
}

/**
 * yeji_petition_cancel:
 *
 * Takes a petition back at the province. May be called again after any failure. Blocks. Fails with
 * %YEJI_STORE_ERROR_STATE when the province has not got it, and as yeji_province_new(),
 * yeji_province_send() and yeji_reply_check() do.
 */
gboolean
yeji_petition_cancel (YejiStore     *store,
                      const char    *id,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (YejiPetition) petition = yeji_store_get_petition (store, id, error);
  g_autoptr (YejiProvince) province = NULL;
  g_autoptr (YejiReply) reply = NULL;
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (body, json_object_new ());
  if (petition == NULL)
    return FALSE;
  if (petition->state != YEJI_PETITION_REQUESTED || petition->there == NULL)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE, "the application is %s",
                   yeji_petition_state_to_text (petition->state));
      return FALSE;
    }
  province = yeji_province_new (store, error);
  if (province == NULL)
    return FALSE;
  path = g_strdup_printf ("/v1/corrections/%s:cancel", petition->there);
  reply = yeji_province_call (province, "POST", path, body, cancellable, error, NULL);
  return reply != NULL && yeji_reply_check (reply, error)
         && take_answer (store, petition, reply, error);
}

static void
run_cancel (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  const Wish *wish = data;
  GError *error = NULL;

  if (yeji_petition_cancel (wish->store, wish->id, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * yeji_petition_cancel_async:
 *
 * Does what yeji_petition_cancel() does, in a thread.
 */
void
yeji_petition_cancel_async (YejiStore           *store,
                            const char          *id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Wish *wish = g_new (Wish, 1);

  wish->store = g_object_ref (store);
  wish->id = g_strdup (id);
  g_task_set_source_tag (task, yeji_petition_cancel_async);
  g_task_set_task_data (task, wish, free_wish);
  g_task_run_in_thread (task, run_cancel);
}

gboolean
yeji_petition_cancel_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

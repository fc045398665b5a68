// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-pusher.h"

#include <glib/gi18n-lib.h>

#include "yeji-failed-files.h"
#include "yeji-push-private.h"
#include "yeji-receipt-fetch.h"
#include "yeji-store-others.h"
#include "yeji-sync-words.h"
#include "yeji-take-back.h"
#include "yeji-uploader.h"

#include <string.h>

/* Seconds until a record's next try: doubled with each, and never all records at once. */
#define FIRST_PAUSE 5
#define MAX_PAUSE 600
/* No try is ever set later than this; a later one was set by a clock that was wrong. */
#define MAX_AHEAD 7200
/* So often a submission is merged with what other computers brought meanwhile, until the next
 * cycle. */
#define MAX_MERGES 3
/* Tries of what the province did not understand. */
#define SPOILT_TRIES 10

typedef YejiPush Push;

typedef gboolean (*PushStep) (Push    *self,
                              GError **error);

/**
 * yeji_push_clear:
 *
 * Frees what a push has of its own.
 */
void
yeji_push_clear (YejiPush *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->revision, g_free);
}

static void
set_no_answer (const char  *what,
               GError     **error)
{
  g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE, "no answer to be used: %s",
               what);
}

static char *
quote (const char *revision)
{
  return g_strconcat ("\"", revision, "\"", NULL);
}

static JsonNode *
read_files (Push    *self,
            GError **error)
{
  g_autoptr (JsonNode) node = yeji_json_parse (self->item->files, -1, NULL);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return g_steal_pointer (&node);
  g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE, "the list of files is none");
  return NULL;
}

static YejiAttachment *
find_attachment (GPtrArray  *attachments,
                 const char *sha256)
{
  for (guint i = 0; i < attachments->len; i++)
    if (g_str_equal (yeji_attachment_get_sha256 (g_ptr_array_index (attachments, i)), sha256))
      return g_ptr_array_index (attachments, i);
  return NULL;
}

static gboolean
has_row (GPtrArray  *rows,
         const char *sha256)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (((YejiTransferRow *) g_ptr_array_index (rows, i))->sha256, sha256))
      return TRUE;
  return FALSE;
}

static gint64
find_size (Push       *self,
           const char *sha256)
{
  g_autoptr (GFile) file = yeji_store_get_file (self->store, sha256);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, self->cancellable, NULL);

  return info != NULL ? g_file_info_get_size (info) : -1;
}

/* The clerk may have detached it since: what was submitted is sent all the same. */
static YejiTransferRow *
make_row (Push       *self,
          JsonObject *file,
          GPtrArray  *attachments)
{
  YejiTransferRow *row = g_new0 (YejiTransferRow, 1);
  YejiAttachment *attachment;

  row->slot = g_strdup (yeji_json_get_string (file, "slot"));
  row->sha256 = g_strdup (yeji_json_get_string (file, "sha256"));
  row->filename = g_strdup (yeji_json_get_string (file, "filename"));
  attachment = find_attachment (attachments, row->sha256);
  row->media_type = g_strdup (attachment != NULL ? yeji_attachment_get_media_type (attachment)
                                                 : "application/octet-stream");
  row->size = attachment != NULL ? yeji_attachment_get_size (attachment)
                                 : find_size (self, row->sha256);
  return row;
}

static gboolean
is_file (JsonObject *file)
{
  return file != NULL && yeji_json_get_string (file, "slot") != NULL
         && yeji_json_get_string (file, "sha256") != NULL
         && yeji_json_get_string (file, "filename") != NULL;
}

/* A content is sent once, whatever number of slots it is in. */
static GPtrArray *
list_rows (Push       *self,
           GPtrArray  *attachments,
           GError    **error)
{
  g_autoptr (JsonNode) node = read_files (self, error);
  g_autoptr (GPtrArray) rows = NULL;
  JsonArray *files;

  if (node == NULL)
    return NULL;
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_transfer_row_free);
  files = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (files); i++)
    {
      JsonObject *file = yeji_json_node_object (json_array_get_element (files, i));

      if (!is_file (file))
        {
          g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE,
                               "a file without slot, sum or name");
          return NULL;
        }
      if (!has_row (rows, yeji_json_get_string (file, "sha256")))
        g_ptr_array_add (rows, make_row (self, file, attachments));
    }
  return g_steal_pointer (&rows);
}

static gboolean
note_held (Push        *self,
           GHashTable  *held,
           GPtrArray   *attachments,
           GError     **error)
{
  for (guint i = 0; i < attachments->len; i++)
    {
      YejiAttachment *attachment = g_ptr_array_index (attachments, i);

      if (!yeji_attachment_is_received (attachment)
          && g_hash_table_contains (held, yeji_attachment_get_sha256 (attachment))
          && !yeji_store_set_received (self->store, yeji_attachment_get_id (attachment), error))
        return FALSE;
    }
  return TRUE;
}

static GHashTable *
ask_held (Push       *self,
          GPtrArray  *rows,
          GError    **error)
{
  g_autoptr (GPtrArray) sums = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (sums, ((YejiTransferRow *) g_ptr_array_index (rows, i))->sha256);
  return yeji_uploader_ask (self->province, self->item->uuid, sums, self->cancellable, error);
}

static void
drop_held (GPtrArray  *rows,
           GHashTable *held)
{
  for (guint i = rows->len; i > 0; i--)
    {
      const YejiTransferRow *row = g_ptr_array_index (rows, i - 1);

      if (g_hash_table_contains (held, row->sha256))
        g_ptr_array_remove_index (rows, i - 1);
    }
}

/* A document that another computer announced, and is still sending, is known here by its name
 * alone. */
static gboolean
drop_awaited (Push       *self,
              GPtrArray  *rows,
              GError    **error)
{
  g_autoptr (GHashTable) elsewhere = yeji_store_list_elsewhere (self->store, self->item->uuid,
                                                                error);
  guint n = rows->len;

  if (elsewhere == NULL)
    return FALSE;
  for (guint i = n; i > 0; i--)
    {
      const YejiTransferRow *row = g_ptr_array_index (rows, i - 1);

      if (row->size == 0 && g_hash_table_contains (elsewhere, row->sha256))
        g_ptr_array_remove_index (rows, i - 1);
    }
  if (rows->len == n || self->item->files_follow)
    return TRUE;
  self->words = N_("Another computer is still sending documents of this record. It is submitted "
                   "when they have come.");
  g_set_error (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY, "%u documents are awaited",
               n - rows->len);
  return FALSE;
}

static gboolean
enqueue_files (Push    *self,
               GError **error)
{
  g_autoptr (GPtrArray) attachments = yeji_store_get_attachments (self->store, self->item->uuid,
                                                                  error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GHashTable) held = NULL;
  gboolean all_sent = FALSE;

  if (attachments == NULL)
    return FALSE;
  rows = list_rows (self, attachments, error);
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return TRUE;
  held = ask_held (self, rows, error);
  if (held == NULL || !note_held (self, held, attachments, error))
    return FALSE;
  drop_held (rows, held);
  if (!drop_awaited (self, rows, error))
    return FALSE;
  /* what cannot be sent is told; what was received and is not there is the province's to explain */
  if (self->item->enqueued && self->item->n_pending == 0 && !self->forgotten
      && !yeji_failed_files_check (self->store, self->item->uuid, rows, &all_sent, error))
    return FALSE;
  self->waits = rows->len > 0 && !all_sent && !self->item->files_follow;
  return rows->len == 0 || all_sent
         || yeji_store_enqueue_transfers (self->store, self->item->uuid, self->item->seq, rows,
                                          error);
}

static YejiReply *
post_submit (Push    *self,
             GError **error)
{
  g_autoptr (JsonNode) files = read_files (self, error);
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *path = g_strconcat (self->path, ":submit", NULL);
  g_autofree char *tag = quote (self->revision);

  if (files == NULL)
    return NULL;
  json_node_take_object (body, json_object_new ());
  json_object_set_member (json_node_get_object (body), "files", g_steal_pointer (&files));
  if (self->item->files_follow)
    json_object_set_boolean_member (json_node_get_object (body), YEJI_WIRE_MEMBER_FILES_FOLLOW,
                                    TRUE);
  return yeji_province_call (self->province, "POST", path, body, self->cancellable, error,
                             "Idempotency-Key", self->item->key, "If-Match", tag, NULL);
}

/* What was submitted with its files has them; what was submitted before them is told later. */
static char *
read_files_at (Push       *self,
               JsonObject *body)
{
  JsonObject *files = yeji_json_get_object (body, "files");
  const char *at = files != NULL ? yeji_json_get_string (files, "complete_at") : NULL;

  if (at == NULL)
    at = yeji_json_get_string (body, self->item->files_follow ? YEJI_WIRE_MEMBER_FILES_COMPLETE_AT
                                                              : "at");
  return g_strdup (at);
}

static YejiAnswer *
read_receipt (Push       *self,
              JsonObject *body)
{
  static const char * const members[] = { "uuid", "revision", "state", "at" };
  YejiAnswer *answer;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (body == NULL || yeji_json_get_string (body, members[i]) == NULL)
      return NULL;
  if (g_ascii_strcasecmp (yeji_json_get_string (body, "uuid"), self->item->uuid) != 0)
    return NULL;

  answer = yeji_answer_new ();
  answer->uuid = g_strdup (self->item->uuid);
  answer->revision = g_strdup (yeji_json_get_string (body, "revision"));
  answer->state = g_strdup (yeji_json_get_string (body, "state"));
  answer->at = g_strdup (yeji_json_get_string (body, "at"));
  answer->files_at = read_files_at (self, body);
  return answer;
}

/* What it had just taken is not there any more. The next try brings it there again. */
static gboolean
put_off_restored (Push    *self,
                  GError **error)
{
  self->words = N_("The province went back to an earlier state while this record was sent. It is "
                   "sent again.");
  g_set_error_literal (error, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY,
                       "the province was restored while a record was sent");
  return FALSE;
}

/**
 * yeji_push_submit:
 *
 * Submits a record that is there, and notes the answer. What was submitted before under the same
 * key is answered as it was then.
 */
gboolean
yeji_push_submit (YejiPush  *self,
                  GError   **error)
{
  g_autoptr (YejiReply) reply = post_submit (self, error);
  g_autoptr (YejiAnswer) answer = NULL;

  if (reply != NULL && reply->status == SOUP_STATUS_PRECONDITION_FAILED)
    {
      if (yeji_push_is_restored (self, reply))
        return put_off_restored (self, error);
      yeji_push_take_current (self, reply);
    }
  if (reply == NULL || !yeji_reply_check (reply, error))
    return FALSE;
  answer = read_receipt (self, yeji_json_node_object (reply->body));
  if (reply->status != SOUP_STATUS_OK || answer == NULL)
    {
      set_no_answer ("a submission without a receipt", error);
      return FALSE;
    }
  if (!yeji_receipt_accept (self->store, self->province, self->item,
                            json_node_get_object (reply->body), answer, self->cancellable, error)
      || !yeji_store_note_submitted (self->store, self->item->uuid, self->item->seq, answer, error))
    return FALSE;
  self->report->submitted++;
  return TRUE;
}

/* The record alone may go before its files; then they are in the queue first, so that nothing is
 * forgotten if the program ends in between. */
static gboolean
submit_when_complete (Push    *self,
                      GError **error)
{
  return self->waits || yeji_push_submit (self, error);
}

/* It may have been taken back since the outbox was read. */
static gboolean
begin (Push    *self,
       GError **error)
{
  return yeji_store_begin_sending (self->store, self->item->uuid, self->item->seq, error);
}

static const PushStep steps[] = { begin, yeji_push_record, enqueue_files, submit_when_complete };

static gboolean
run_steps (Push    *self,
           GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!steps[i] (self, error))
      return FALSE;
  return TRUE;
}

/* The province's own words, as the clerk will read them. */
static char *
get_words (const GError *failure)
{
  const YejiRefusal *refusal = yeji_sync_error_get_refusal (failure);

  if (yeji_sync_error_is_line (failure)
      || g_error_matches (failure, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY))
    return yeji_sync_words_error (failure);
  if (refusal == NULL || *refusal->title == '\0')
    return g_strdup (failure->message);
  if (refusal->detail == NULL)
    return g_strdup (refusal->title);
  return g_strdup_printf ("%s\n%s", refusal->title, refusal->detail);
}

static gboolean
note_refused (Push          *self,
              const GError  *failure,
              GError       **error)
{
  const YejiRefusal *refusal = yeji_sync_error_get_refusal (failure);
  g_autofree char *words = self->words != NULL ? g_strdup (_(self->words)) : get_words (failure);
  g_autoptr (GPtrArray) problems = refusal != NULL
                                     ? g_ptr_array_ref (refusal->errors)
                                     : g_ptr_array_new_with_free_func (g_object_unref);

  g_info ("%s is refused: %s", self->item->uuid, failure->message);
  self->report->refused++;
  return yeji_store_note_refused (self->store, self->item->uuid, self->item->seq, words, problems,
                                  error);
}

static gint64
get_next_attempt (const YejiOutboxItem *item,
                  const GError         *failure)
{
  guint full = MIN (FIRST_PAUSE << MIN (item->attempts, 10), MAX_PAUSE);
  guint pause = (guint) g_random_int_range ((gint32) (full / 2), (gint32) full + 1);

  return g_get_real_time () / G_USEC_PER_SEC
         + MAX (pause, yeji_sync_error_get_retry_after (failure));
}

static gboolean
note_attempt (Push          *self,
              const GError  *failure,
              GError       **error)
{
  g_autofree char *words = self->words != NULL ? g_strdup (_(self->words)) : get_words (failure);

  return yeji_store_note_attempt (self->store, self->item->seq,
                                  get_next_attempt (self->item, failure), words, error);
}

static gboolean
is_throttled (const GError *failure)
{
  return yeji_sync_cause_of (failure) == YEJI_SYNC_CAUSE_THROTTLED;
}

/* What was not understood may have been spoilt on its way: it is said once more before it counts. */
static gboolean
is_maybe_spoilt (Push         *self,
                 const GError *failure)
{
  const YejiRefusal *refusal = yeji_sync_error_get_refusal (failure);

  return refusal != NULL && g_str_equal (refusal->kind, YEJI_WIRE_MALFORMED)
         && self->item->attempts < SPOILT_TRIES;
}

/* Whether a failure is this record's alone, so that the others go on, is noted and forgotten;
 * or everybody's, and ends the cycle. */
static gboolean
settle (Push    *self,
        GError  *failure,
        GError **error)
{
  g_autoptr (GError) reason = failure;
  gboolean noted = TRUE;

  if (self->merged)
    return TRUE;
  if (is_maybe_spoilt (self, reason))
    return note_attempt (self, reason, error);
  if (g_error_matches (reason, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_REFUSED)
      || g_error_matches (reason, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_STALE)
      || g_error_matches (reason, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE))
    return note_refused (self, reason, error);
  if (g_error_matches (reason, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND))
    {
      g_info ("%s left the outbox while it was sent", self->item->uuid);
      return TRUE;
    }
  /* Neither lost nor believed: it stays, is asked for again, and the clerk reads why. */
  if (g_error_matches (reason, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_RECEIPT))
    {
      g_message ("%s: the receipt is not believed", self->item->uuid);
      self->report->doubted++;
      return note_attempt (self, reason, error);
    }
  if (g_error_matches (reason, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_BUSY))
    {
      noted = note_attempt (self, reason, error);
      if (!noted || !is_throttled (reason))
        return noted;
    }
  /* The province answered the first step and the connection broke later: maybe it is this record
   * that breaks it. Its turn comes later, or no other would ever have one. */
  else if (g_error_matches (reason, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_UNREACHABLE)
           && self->revision != NULL)
    noted = note_attempt (self, reason, error);

  if (noted)
    g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/**
 * yeji_pusher_is_due:
 * @now: Unix seconds
 *
 * Returns: whether it is the submission's turn: neither an earlier failure nor files that are to be
 *   sent before make it wait
 */
gboolean
yeji_pusher_is_due (const YejiOutboxItem *item,
                    gint64                now)
{
  if (item->enqueued && item->n_pending > 0 && !item->files_follow)
    return FALSE;
  return item->next_attempt <= now || item->next_attempt > now + MAX_AHEAD;
}

static gboolean
push_item (YejiStore             *store,
           YejiProvince          *province,
           const YejiOutboxItem  *item,
           YejiSyncReport        *report,
           gboolean              *merged,
           GCancellable          *cancellable,
           GError               **error)
{
  GError *failure = NULL;
  gboolean done;
  g_auto (YejiPush) push = {
    .store = store,
    .province = province,
    .item = item,
    .cancellable = cancellable,
    .report = report,
    .path = g_strconcat ("/v1/records/", item->uuid, NULL),
  };

  done = run_steps (&push, &failure) || settle (&push, failure, error);
  *merged = push.merged;
  return done;
}

static const YejiOutboxItem *
find_item (GPtrArray  *outbox,
           const char *uuid)
{
  for (guint i = 0; i < outbox->len; i++)
    if (g_str_equal (((YejiOutboxItem *) g_ptr_array_index (outbox, i))->uuid, uuid))
      return g_ptr_array_index (outbox, i);
  return NULL;
}

/**
 * yeji_pusher_push:
 * @report: where submissions, refusals and files are counted
 *
 * Brings one submission to the province: the record, then the submission itself. Documents that the
 * province lacks are put into the queue of transfers before, and the submission waits for them
 * unless they may follow it. What another computer of the enterprise brought meanwhile is merged,
 * and the submission goes on where there is nothing to be asked.
 * May be called again after any failure; what was done is found done. A refusal, and a failure that
 * concerns this record alone, is noted in the store and is no error. Fails as yeji_province_send()
 * does, with #YEJI_SYNC_ERROR_BUSY when the province throttles the account, and as the store does.
 *
 * Returns: whether the others may go on
 */
gboolean
yeji_pusher_push (YejiStore             *store,
                  YejiProvince          *province,
                  const YejiOutboxItem  *item,
                  YejiSyncReport        *report,
                  GCancellable          *cancellable,
                  GError               **error)
{
  gboolean merged;

  if (!push_item (store, province, item, report, &merged, cancellable, error))
    return FALSE;
  for (guint i = 0; merged && i < MAX_MERGES; i++)
    {
      g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (store, error);
      const YejiOutboxItem *next = outbox != NULL ? find_item (outbox, item->uuid) : NULL;

      if (outbox == NULL)
        return FALSE;
      merged = FALSE;
      if (next != NULL
          && !push_item (store, province, next, report, &merged, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

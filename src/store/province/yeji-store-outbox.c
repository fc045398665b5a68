// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-store-private.h"

#include "yeji-clock.h"
#include "yeji-conflicts-private.h"
#include "yeji-digest.h"
#include "yeji-healing-private.h"
#include "yeji-healing.h"
#include "yeji-others-private.h"
#include "yeji-sample.h"
#include "yeji-store-seal.h"
#include "yeji-transfer-store.h"

#include <string.h>

/* The outbox holds what was submitted, in rows that never change in what they say. A submission
 * that replaces another is a second row: the first one may be on its way, and what is acknowledged
 * must be exactly what was sent. Only the newest row of a record is handed out to be sent. */

typedef struct
{
  const char *uuid;
  gint64 seq;
  gint64 next_attempt;
  const char *revision;
  const char *message;
  const YejiAnswer *answer;
  GPtrArray *problems;
  GPtrArray *list;
  YejiStore *store;
  gboolean files_follow;
} Note;

static gboolean
fail_state (GError     **error,
            const char  *reason)
{
  g_set_error_literal (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_STATE, reason);
  return FALSE;
}

static gboolean
require_no_errors (YejiSql     *sql,
                   const char  *uuid,
                   GError     **error)
{
  g_autoptr (YejiRows) rows = yeji_sql_query (sql, error,
                                              "SELECT n_errors FROM record WHERE uuid = ?1",
                                              "s", uuid);

  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  if (yeji_rows_is_null (rows, 0))
    return fail_state (error, "the record was not checked yet");
  if (yeji_rows_int (rows, 0) > 0)
    return fail_state (error, "the record has errors");
  return TRUE;
}

static gboolean
is_queued_so (YejiSql     *sql,
              const char  *uuid,
              gboolean    *same,
              GError     **error)
{
  const int found = yeji_sql_has_row (sql, error,
                                      "SELECT 1 FROM outbox o JOIN record r ON r.uuid = o.uuid"
                                      " WHERE o.uuid = ?1 AND o.digest = r.digest"
                                      " AND o.files = " YEJI_FILES_SELECT
                                      " AND json_extract (o.body, '$.dictionary') = r.dictionary"
                                      " AND o.seq = (SELECT max (seq) FROM outbox"
                                      "  WHERE uuid = ?1)", "s", uuid);

  *same = found > 0;
  return found >= 0;
}

static gboolean
clear_refusal (YejiSql     *sql,
               const char  *uuid,
               GError     **error)
{
  return yeji_sql_exec (sql, error, "UPDATE record SET refusal = NULL WHERE uuid = ?1", "s", uuid)
    && yeji_sql_exec (sql, error, "DELETE FROM point WHERE record = ?1 AND source = 'refusal'",
                      "s", uuid);
}

static gboolean
run_queue_submit (YejiSql   *sql,
                  gpointer   data,
                  GError   **error)
{
  Note *note = data;
  g_autofree char *key = g_uuid_string_random ();
  g_autofree char *now = yeji_clock_now ();
  gboolean same;

  if (!yeji_entry_require_editable (sql, note->uuid, error)
      || !require_no_errors (sql, note->uuid, error)
      || !yeji_store_require_real (note->store, sql, note->uuid, error)
      || !is_queued_so (sql, note->uuid, &same, error)
      || !yeji_store_forget_conflicts (sql, note->uuid, error))
    return FALSE;
  if (same)
    return yeji_sql_exec (sql, error,
                          "UPDATE outbox SET files_follow = ?2 WHERE seq ="
                          " (SELECT max (seq) FROM outbox WHERE uuid = ?1)",
                          "si", note->uuid, (gint64) note->files_follow);
  return clear_refusal (sql, note->uuid, error)
    && yeji_sql_exec (sql, error,
                      "INSERT INTO outbox (uuid, body, digest, files, key, base_revision,"
                      " queued_at, files_follow) SELECT ?1, body, digest, " YEJI_FILES_SELECT ", ?2,"
                      /* what was removed there begins anew, as the clerk knows */
                      " iif (server_state = 'removed', NULL, revision), ?3, ?4"
                      " FROM record WHERE uuid = ?1",
                      "sssi", note->uuid, key, now, (gint64) note->files_follow)
    && yeji_store_note_unsent (sql, error);
}

static YejiOutboxItem *
read_item (YejiStore *self,
           YejiRows  *rows)
{
  YejiOutboxItem *item = g_new0 (YejiOutboxItem, 1);

  item->seq = yeji_rows_int (rows, 0);
  item->uuid = yeji_rows_dup_text (rows, 1);
  item->body = yeji_store_open_body (self, yeji_rows_text (rows, 2));
  item->files = yeji_rows_dup_text (rows, 3);
  item->key = yeji_rows_dup_text (rows, 4);
  item->base_revision = yeji_rows_dup_text (rows, 5);
  item->queued_at = yeji_rows_dup_text (rows, 6);
  item->attempts = (guint) yeji_rows_int (rows, 7);
  item->next_attempt = yeji_rows_int (rows, 8);
  item->message = yeji_rows_dup_text (rows, 9);
  item->files_follow = yeji_rows_int (rows, 10) != 0;
  item->enqueued = yeji_rows_int (rows, 11) != 0;
  item->n_pending = (guint) yeji_rows_int (rows, 12);
  item->pushed = yeji_rows_int (rows, 13) != 0;
  item->healed = yeji_rows_int (rows, 14) != 0;
  item->acknowledged = yeji_rows_int (rows, 15);
  item->content = yeji_rows_int (rows, 16);
  return item;
}

#define ITEM_SELECT \
  "SELECT seq, uuid, body, files, key, base_revision, queued_at, attempts, next_attempt, message," \
  " files_follow, enqueued, (SELECT count (*) FROM transfer t WHERE t.record = o.uuid" \
  "  AND t.state IN ('waiting', 'sending')), pushed, healed," \
  " (SELECT coalesce (acknowledged, 0) FROM record r WHERE r.uuid = o.uuid)," \
  " (SELECT coalesce (content_revision, 0) FROM record r WHERE r.uuid = o.uuid) FROM outbox o "

/* The newest of each record, or those of one record before a number. */
static gboolean
run_get_outbox (YejiSql   *sql,
                gpointer   data,
                GError   **error)
{
  Note *note = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  if (note->uuid != NULL)
    rows = yeji_sql_query (sql, error,
                           ITEM_SELECT "WHERE uuid = ?1 AND seq < ?2 ORDER BY seq DESC", "si",
                           note->uuid, note->seq);
  else
    rows = yeji_sql_query (sql, error,
                           ITEM_SELECT "WHERE seq ="
                           " (SELECT max (seq) FROM outbox n WHERE n.uuid = o.uuid)"
                           " ORDER BY seq", "");
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (note->list, read_item (note->store, rows));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
run_note_attempt (YejiSql   *sql,
                  gpointer   data,
                  GError   **error)
{
  Note *note = data;

  return yeji_sql_exec (sql, error,
                        "UPDATE outbox SET attempts = attempts + 1, next_attempt = ?2, message = ?3"
                        " WHERE seq = ?1", "iis", note->seq, note->next_attempt, note->message);
}

/* What was sent is what the province has now. */
static gboolean
set_base (YejiSql     *sql,
          const Note  *note,
          GError     **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE record SET base_body = o.body, base_digest = o.digest"
                        " FROM outbox o WHERE record.uuid = ?1 AND o.uuid = ?1 AND o.seq = ?2",
                        "si", note->uuid, note->seq);
}

static gboolean
run_forget_sent (YejiSql   *sql,
                 gpointer   data,
                 GError   **error)
{
  const Note *note = data;

  return yeji_sql_exec (sql, error, "UPDATE outbox SET enqueued = 0 WHERE uuid = ?1 AND seq = ?2",
                        "si", note->uuid, note->seq);
}

static gboolean
run_note_pushed (YejiSql   *sql,
                 gpointer   data,
                 GError   **error)
{
  Note *note = data;

  if (!set_base (sql, note, error))
    return FALSE;
  if (yeji_sql_changes (sql) == 0)
    {
      g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND,
                   "the outbox has no item %" G_GINT64_FORMAT " of %s", note->seq, note->uuid);
      return FALSE;
    }
  return yeji_sql_exec (sql, error, "UPDATE record SET revision = ?2, acknowledged ="
                        " max (coalesce (acknowledged, 0), " YEJI_REVISION_NUMBER ("?2") "),"
                        /* what is there is this, however far it had come before */
                        " content_revision = " YEJI_REVISION_NUMBER ("?2") " WHERE uuid = ?1",
                        "ss", note->uuid, note->revision)
    && yeji_sql_exec (sql, error, "UPDATE outbox SET pushed = 1 WHERE seq = ?1", "i", note->seq)
    && yeji_sql_exec (sql, error,
                      "UPDATE outbox SET base_revision = ?3 WHERE uuid = ?1 AND seq >= ?2",
                      "sis", note->uuid, note->seq, note->revision);
}

static gboolean
leave_outbox (YejiSql     *sql,
              const Note  *note,
              GError     **error)
{
  return yeji_sql_exec (sql, error, "DELETE FROM outbox WHERE uuid = ?1 AND seq <= ?2",
                        "si", note->uuid, note->seq);
}

/**
 * yeji_store_sum_body: (skip)
 * @text: a record, opened
 *
 * Returns: (transfer full): what a receipt says of exactly this text
 */
char *
yeji_store_sum_body (const char *text)
{
  g_autoptr (YejiDigest) digest = yeji_digest_new (YEJI_DIGEST_SHA256);

  yeji_digest_update (digest, text, strlen (text));
  return yeji_digest_finish_hex (digest);
}

/* Exactly what was sent, as sums, and when. */
static gboolean
write_receipt (YejiSql     *sql,
               const Note  *note,
               GError     **error)
{
  const YejiAnswer *answer = note->answer;
  g_autofree char *body = NULL;
  g_autofree char *sum = NULL;
  g_autoptr (YejiRows) rows = NULL;

  if (answer->at == NULL)
    return TRUE;
  rows = yeji_sql_query (sql, error, "SELECT body FROM outbox WHERE uuid = ?1 AND seq = ?2", "si",
                         note->uuid, note->seq);
  if (rows == NULL)
    return FALSE;
  if (!yeji_rows_next (rows, NULL))
    return TRUE;
  body = yeji_store_open_body (note->store, yeji_rows_text (rows, 0));
  sum = yeji_store_sum_body (body);
  return yeji_sql_exec (sql, error,
                        "INSERT INTO receipt (record, submitted_at, revision, sum, files, key,"
                        " place) SELECT ?1, ?3, coalesce (?4, ''), ?5, files, key, " YEJI_PLACE_SQL
                        " FROM outbox WHERE uuid = ?1 AND seq = ?2 ON CONFLICT DO NOTHING",
                        "sisss", note->uuid, note->seq, answer->at, answer->revision, sum)
    && yeji_sql_exec (sql, error,
                      "UPDATE receipt SET signed = coalesce (?3, signed),"
                      " signed_complete = max (signed_complete, ?4)"
                      " WHERE record = ?1 AND submitted_at = ?2",
                      "sssi", note->uuid, answer->at, answer->receipt,
                      (gint64) answer->receipt_complete)
    && yeji_sql_exec (sql, error,
                      "UPDATE record SET submitted_at = ?3, files_at = ?4,"
                      /* an earlier submission may be answered after a later one */
                      " base_files = iif (coalesce (" YEJI_REVISION_NUMBER ("?5") ", 0)"
                      "  >= coalesce (files_revision, 0),"
                      "  (SELECT files FROM outbox WHERE uuid = ?1 AND seq = ?2), base_files),"
                      " files_revision = max (coalesce (files_revision, 0),"
                      "  coalesce (" YEJI_REVISION_NUMBER ("?5") ", 0)),"
                      " content_revision = max (coalesce (content_revision, 0),"
                      " coalesce (" YEJI_REVISION_NUMBER ("?5") ", 0)) WHERE uuid = ?1",
                      "sisss", note->uuid, note->seq, answer->at, answer->files_at,
                      answer->revision);
}

static gboolean
run_note_submitted (YejiSql   *sql,
                    gpointer   data,
                    GError   **error)
{
  Note *note = data;
  g_autoptr (YejiEntry) entry = yeji_entry_read (sql, note->uuid, error);
  gboolean newer;

  if (entry == NULL || !write_receipt (sql, note, error)
      || !yeji_store_is_answered_later (sql, note->uuid, note->answer->at, &newer, error))
    return FALSE;
  /* A repeated submission gets its first answer again, and the reviewer may have been faster. */
  if (newer)
    return leave_outbox (sql, note, error);
  return set_base (sql, note, error)
    && yeji_sql_exec (sql, error,
                      "UPDATE outbox SET base_revision = coalesce (?3, base_revision)"
                      " WHERE uuid = ?1 AND seq > ?2",
                      "sis", note->uuid, note->seq, note->answer->revision)
    && leave_outbox (sql, note, error)
    && yeji_store_write_answer (note->store, sql, note->uuid, note->answer, error);
}

static gboolean
run_note_refused (YejiSql   *sql,
                  gpointer   data,
                  GError   **error)
{
  Note *note = data;
  g_autoptr (YejiEntry) entry = yeji_entry_read (sql, note->uuid, error);
  g_autoptr (GPtrArray) personal = yeji_store_list_personal (note->store, sql, note->uuid);
  g_autofree char *message = yeji_seal_mask_words (personal, note->message);

  if (entry == NULL || !leave_outbox (sql, note, error) || !clear_refusal (sql, note->uuid, error)
      || !yeji_sql_exec (sql, error, "UPDATE record SET refusal = ?2 WHERE uuid = ?1",
                         "ss", note->uuid, message))
    return FALSE;
  for (guint i = 0; note->problems != NULL && i < note->problems->len; i++)
    {
      YejiProblem *problem = g_ptr_array_index (note->problems, i);
      g_autofree char *comment = yeji_seal_mask_words (personal,
                                                       yeji_problem_get_message (problem));

      if (!yeji_sql_exec (sql, error,
                          "INSERT INTO point (record, source, pointer, comment)"
                          " VALUES (?1, 'refusal', ?2, ?3)",
                          "sss", note->uuid, yeji_problem_get_pointer (problem), comment))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_note (YejiStore   *self,
          YejiDbFunc   func,
          Note        *note,
          GError     **error)
{
  note->store = self;
  if (!yeji_db_run (yeji_store_get_db (self), func, note, error))
    return FALSE;
  yeji_store_announce (self, note->uuid);
  return TRUE;
}

static gboolean
queue_submit (YejiStore   *self,
              const char  *uuid,
              gboolean     files_follow,
              GError     **error)
{
  Note note = { .uuid = uuid, .files_follow = files_follow };

  if (yeji_sample_is (uuid))
    {
      g_set_error_literal (error, YEJI_SAMPLE_ERROR, YEJI_SAMPLE_ERROR_SUBMIT,
                           "a sample stays on this computer");
      return FALSE;
    }
  return run_note (self, run_queue_submit, &note, error);
}

/**
 * yeji_store_queue_submit_following:
 *
 * Does what yeji_store_queue_submit() does, but the record shall be submitted at once, before its
 * documents are sent: for who has a deadline and a slow line. What waits already is changed so.
 */
gboolean
yeji_store_queue_submit_following (YejiStore   *self,
                                   const char  *uuid,
                                   GError     **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);

  return queue_submit (self, uuid, TRUE, error);
}

/**
 * yeji_store_queue_submit:
 *
 * Puts a record as it is now, with its documents, into the outbox. What waits there already and
 * says the same stays as it is; what says something else is replaced.
 *
 * Returns: %FALSE with %YEJI_STORE_ERROR_STATE when the record has errors or was not checked, or
 * when its state does not allow it; with %YEJI_SAMPLE_ERROR_SUBMIT for a sample, and with
 * %YEJI_SAMPLE_ERROR_COPY for a copy of one in which something still is invented
 */
gboolean
yeji_store_queue_submit (YejiStore   *self,
                         const char  *uuid,
                         GError     **error)
{
  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);

  return queue_submit (self, uuid, FALSE, error);
}

/**
 * yeji_store_get_outbox:
 *
 * Returns: (transfer full) (nullable) (element-type YejiOutboxItem): what waits to be sent, the
 * oldest first, one item a record
 */
GPtrArray *
yeji_store_get_outbox (YejiStore  *self,
                       GError    **error)
{
  g_autoptr (GPtrArray) list = NULL;
  Note note = { NULL };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_outbox_item_free);
  note.list = list;
  note.store = self;
  if (!yeji_db_run (yeji_store_get_db (self), run_get_outbox, &note, error))
    return NULL;
  return g_steal_pointer (&list);
}

/**
 * yeji_store_get_earlier:
 * @seq: of an item
 *
 * Returns: (transfer full) (nullable) (element-type YejiOutboxItem): what a newer submission of the
 * record took the place of, and what may have come through all the same; the newest first
 */
GPtrArray *
yeji_store_get_earlier (YejiStore   *self,
                        const char  *uuid,
                        gint64       seq,
                        GError     **error)
{
  g_autoptr (GPtrArray) list = NULL;
  Note note = { uuid, seq };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_outbox_item_free);
  note.list = list;
  note.store = self;
  if (!yeji_db_run (yeji_store_get_db (self), run_get_outbox, &note, error))
    return NULL;
  return g_steal_pointer (&list);
}

/**
 * yeji_store_note_attempt:
 * @next_attempt: when to try again, Unix seconds
 * @message: (nullable): why it failed
 *
 * Notes that an item could not be sent now.
 */
gboolean
yeji_store_note_attempt (YejiStore   *self,
                         gint64       seq,
                         gint64       next_attempt,
                         const char  *message,
                         GError     **error)
{
  Note note = { NULL, seq, next_attempt, NULL, message };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return yeji_db_run (yeji_store_get_db (self), run_note_attempt, &note, error);
}

/**
 * yeji_store_note_pushed:
 * @seq: the item whose body the province took
 * @revision: what the province calls it
 *
 * Notes that the province has the item's body. The item stays: it is not submitted yet.
 */
gboolean
yeji_store_note_pushed (YejiStore   *self,
                        const char  *uuid,
                        gint64       seq,
                        const char  *revision,
                        GError     **error)
{
  Note note = { uuid, seq, 0, revision };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL && revision != NULL, FALSE);

  return run_note (self, run_note_pushed, &note, error);
}

/**
 * yeji_store_forget_sent:
 * @seq: an item whose record the province does not know any more, or knows as it was once
 *
 * Forgets that its documents were sent: those that the province lacks go again.
 */
gboolean
yeji_store_forget_sent (YejiStore   *self,
                        const char  *uuid,
                        gint64       seq,
                        GError     **error)
{
  Note note = { uuid, seq };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);

  return run_note (self, run_forget_sent, &note, error);
}

/**
 * yeji_store_note_submitted:
 * @seq: the item that was submitted
 * @answer: what the province said to it
 *
 * Notes that the province took a submission: the item and those that it replaced leave the outbox,
 * one that was queued since stays.
 */
gboolean
yeji_store_note_submitted (YejiStore         *self,
                           const char        *uuid,
                           gint64             seq,
                           const YejiAnswer  *answer,
                           GError           **error)
{
  Note note = { uuid, seq, 0, NULL, NULL, answer };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);
  g_return_val_if_fail (answer != NULL && answer->state != NULL, FALSE);

  return run_note (self, run_note_submitted, &note, error);
}

/**
 * yeji_store_note_refused:
 * @message: why
 * @problems: (nullable) (element-type YejiProblem): where
 *
 * Notes that the province refused a submission. The item leaves the outbox; the reasons stay with
 * the record, beside the reviewer's points, until it is submitted again.
 */
gboolean
yeji_store_note_refused (YejiStore   *self,
                         const char  *uuid,
                         gint64       seq,
                         const char  *message,
                         GPtrArray   *problems,
                         GError     **error)
{
  Note note = { uuid, seq, 0, NULL, message, NULL, problems };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (uuid != NULL, FALSE);

  return run_note (self, run_note_refused, &note, error);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

#include "yeji-transfer-store.h"

#include "yeji-clock.h"
#include "yeji-store-private.h"

typedef struct
{
  const char *record;
  gint64 seq;
  gint64 id;
  guint position;
  YejiTransferState state;
  const YejiTransferRow *row;
  GPtrArray *rows;             /* (element-type YejiTransferRow) */
  GPtrArray *list;             /* (element-type YejiTransferRow) */
  YejiReceipt *receipt;
} Job;

static const char * const state_texts[N_YEJI_TRANSFER_STATES] = {
  [YEJI_TRANSFER_WAITING] = "waiting",
  [YEJI_TRANSFER_SENDING] = "sending",
  [YEJI_TRANSFER_RECEIVED] = "received",
  [YEJI_TRANSFER_FAILED] = "failed",
  [YEJI_TRANSFER_CANCELLED] = "cancelled",
};

#define ROW_SELECT \
  "SELECT t.id, t.record, r.name, t.slot, t.sha256, t.filename, t.media_type, t.size, t.state," \
  " t.url, t.sent, t.message, t.failures, t.next_attempt, t.position" \
  " FROM transfer t JOIN record r ON r.uuid = t.record "

/* What was under way when the program ended waits again. */
static YejiTransferState
read_state (const char *text)
{
  for (guint i = 0; i < N_YEJI_TRANSFER_STATES; i++)
    if (i != YEJI_TRANSFER_SENDING && g_str_equal (state_texts[i], text))
      return (YejiTransferState) i;
  return YEJI_TRANSFER_WAITING;
}

static YejiTransferRow *
read_row (YejiRows *rows)
{
  YejiTransferRow *row = g_new0 (YejiTransferRow, 1);

  row->id = yeji_rows_int (rows, 0);
  row->record = yeji_rows_dup_text (rows, 1);
  row->record_name = yeji_rows_dup_text (rows, 2);
  row->slot = yeji_rows_dup_text (rows, 3);
  row->sha256 = yeji_rows_dup_text (rows, 4);
  row->filename = yeji_rows_dup_text (rows, 5);
  row->media_type = yeji_rows_dup_text (rows, 6);
  row->size = yeji_rows_int (rows, 7);
  row->state = read_state (yeji_rows_text (rows, 8));
  row->url = yeji_rows_dup_text (rows, 9);
  row->sent = yeji_rows_int (rows, 10);
  row->message = yeji_rows_dup_text (rows, 11);
  row->failures = (guint) yeji_rows_int (rows, 12);
  row->next_attempt = yeji_rows_int (rows, 13);
  row->position = yeji_rows_int (rows, 14);
  return row;
}

static gboolean
run_list (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  Job *job = data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (YejiRows) rows = NULL;

  rows = job->record != NULL
           ? yeji_sql_query (sql, error, ROW_SELECT "WHERE t.record = ?1 ORDER BY t.position, t.id",
                             "s", job->record)
           : yeji_sql_query (sql, error,
                             ROW_SELECT "WHERE t.state IN ('waiting', 'sending', 'failed')"
                             " ORDER BY t.position, t.id", "");
  if (rows == NULL)
    return FALSE;
  while (yeji_rows_next (rows, &local_error))
    g_ptr_array_add (job->list, read_row (rows));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A file that was begun goes on where it was, and keeps its place in the queue. */
static gboolean
enqueue_row (YejiSql                *sql,
             const char             *record,
             const YejiTransferRow  *row,
             const char             *now,
             GError                **error)
{
  return yeji_sql_exec (sql, error,
                        "INSERT INTO transfer (record, slot, sha256, filename, media_type, size,"
                        " state, position, added_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting',"
                        " (SELECT coalesce (max (position), 0) + 1 FROM transfer), ?7)"
                        " ON CONFLICT (record, slot, sha256) DO UPDATE SET"
                        " filename = excluded.filename, media_type = excluded.media_type,"
                        " size = excluded.size, state = 'waiting', message = NULL,"
                        " received_at = NULL, failures = 0, next_attempt = 0,"
                        " position = iif (state = 'received', excluded.position, position)",
                        "sssssis", record, row->slot, row->sha256, row->filename, row->media_type,
                        row->size, now);
}

static gboolean
run_enqueue (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Job *job = data;
  g_autofree char *now = yeji_clock_now ();

  /* what is no longer part of the submission is not sent */
  if (!yeji_sql_exec (sql, error,
                      "UPDATE transfer SET state = 'cancelled', message = NULL WHERE record = ?1"
                      " AND state <> 'received'", "s", job->record)
      || !yeji_sql_exec (sql, error, "UPDATE outbox SET enqueued = 1 WHERE uuid = ?1 AND seq = ?2",
                         "si", job->record, job->seq))
    return FALSE;
  for (guint i = 0; i < job->rows->len; i++)
    if (!enqueue_row (sql, job->record, g_ptr_array_index (job->rows, i), now, error))
      return FALSE;
  return TRUE;
}

static gboolean
run_note (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  const Job *job = data;
  const YejiTransferRow *row = job->row;

  /* What the user cancelled meanwhile stays so. */
  return yeji_sql_exec (sql, error,
                        "UPDATE transfer SET state = iif (state = 'cancelled', state, ?2),"
                        " url = ?3, sent = ?4, message = ?5, failures = ?6, next_attempt = ?7"
                        " WHERE id = ?1", "issisii", row->id,
                        yeji_transfer_state_to_text (row->state), row->url, row->sent,
                        row->message, (gint64) row->failures, row->next_attempt);
}

static gboolean
note_received (YejiSql                *sql,
               const YejiTransferRow  *row,
               const char             *now,
               GError                **error)
{
  return yeji_sql_exec (sql, error,
                        "UPDATE transfer SET state = 'received', url = NULL, sent = max (size, 0),"
                        " message = NULL, failures = 0, next_attempt = 0, received_at = ?2"
                        " WHERE id = ?1", "is", row->id, now)
    && yeji_sql_exec (sql, error,
                      "UPDATE attachment SET received_at = coalesce (received_at, ?3),"
                      " upload_url = NULL WHERE record = ?1 AND sha256 = ?2",
                      "sss", row->record, row->sha256, now);
}

static gboolean
run_note_received (YejiSql   *sql,
                   gpointer   data,
                   GError   **error)
{
  const Job *job = data;
  g_autofree char *now = yeji_clock_now ();

  for (guint i = 0; i < job->rows->len; i++)
    if (!note_received (sql, g_ptr_array_index (job->rows, i), now, error))
      return FALSE;
  return TRUE;
}

static gboolean
run_set_state (YejiSql   *sql,
               gpointer   data,
               GError   **error)
{
  const Job *job = data;

  return yeji_sql_exec (sql, error,
                        "UPDATE transfer SET state = ?2, message = NULL, failures = 0,"
                        " next_attempt = 0 WHERE id = ?1 AND state <> 'received'",
                        "is", job->id, yeji_transfer_state_to_text (job->state));
}

static gboolean
run_move (YejiSql   *sql,
          gpointer   data,
          GError   **error)
{
  const Job *job = data;

  /* the others one after another, with a gap where this one goes */
  return yeji_sql_exec (sql, error,
                        "UPDATE transfer SET position = n.place + (n.place >= ?2)"
                        " FROM (SELECT id, row_number () OVER (ORDER BY position, id) - 1 AS place"
                        "       FROM transfer WHERE state IN ('waiting', 'sending', 'failed')"
                        "       AND id <> ?1) n WHERE transfer.id = n.id",
                        "ii", job->id, (gint64) job->position)
    && yeji_sql_exec (sql, error, "UPDATE transfer SET position = ?2 WHERE id = ?1", "ii", job->id,
                      (gint64) job->position);
}

static gboolean
run_get_receipt (YejiSql   *sql,
                 gpointer   data,
                 GError   **error)
{
  Job *job = data;
  YejiReceipt *receipt;
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT t.revision, t.submitted_at, t.sum, t.files, r.files_at,"
                         " nullif (t.signed, '')"
                         " FROM receipt t JOIN record r ON r.uuid = t.record WHERE t.record = ?1"
                         " ORDER BY t.submitted_at DESC LIMIT 1", "s", job->record);
  if (rows == NULL)
    return FALSE;
  if (!yeji_rows_next (rows, error))
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, YEJI_STORE_ERROR, YEJI_STORE_ERROR_NOT_FOUND,
                     "%s was not submitted from here", job->record);
      return FALSE;
    }
  receipt = g_new0 (YejiReceipt, 1);
  receipt->revision = yeji_rows_dup_text (rows, 0);
  receipt->submitted_at = yeji_rows_dup_text (rows, 1);
  receipt->sum = yeji_rows_dup_text (rows, 2);
  receipt->files = yeji_rows_dup_text (rows, 3);
  receipt->files_at = yeji_rows_dup_text (rows, 4);
  receipt->text = yeji_rows_dup_text (rows, 5);
  job->receipt = receipt;
  return TRUE;
}

/**
 * yeji_transfer_state_to_text:
 *
 * Returns: the word for a state, for scripts
 */
const char *
yeji_transfer_state_to_text (YejiTransferState state)
{
  g_return_val_if_fail (state < N_YEJI_TRANSFER_STATES, NULL);

  return state_texts[state];
}

/**
 * yeji_store_enqueue_transfers:
 * @record: the uuid of the record
 * @seq: the item of the outbox that waits for the files, 0 for none
 * @rows: (element-type YejiTransferRow): all files of the submission that the province lacks
 *
 * Puts files into the queue, each once. What waits there of an earlier submission and is not in
 * @rows is cancelled.
 */
gboolean
yeji_store_enqueue_transfers (YejiStore   *self,
                              const char  *record,
                              gint64       seq,
                              GPtrArray   *rows,
                              GError     **error)
{
  Job job = { .record = record, .seq = seq, .rows = rows };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (record != NULL && rows != NULL, FALSE);

  return yeji_db_run (yeji_store_get_db (self), run_enqueue, &job, error);
}

/**
 * yeji_store_list_transfers:
 * @record: (nullable): a record, whose transfers are all listed; %NULL: what waits or has failed
 *
 * Returns: (transfer full) (nullable) (element-type YejiTransferRow): in the order of the queue
 */
GPtrArray *
yeji_store_list_transfers (YejiStore   *self,
                           const char  *record,
                           GError     **error)
{
  g_autoptr (GPtrArray) list = NULL;
  Job job = { .record = record };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);

  list = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_transfer_row_free);
  job.list = list;
  if (!yeji_db_run (yeji_store_get_db (self), run_list, &job, error))
    return NULL;
  return g_steal_pointer (&list);
}

/**
 * yeji_store_note_transfer:
 * @row: what is known of it now
 *
 * Keeps how far a transfer is. One that was cancelled meanwhile stays so.
 */
gboolean
yeji_store_note_transfer (YejiStore              *self,
                          const YejiTransferRow  *row,
                          GError                **error)
{
  Job job = { .row = row };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (row != NULL, FALSE);

  return yeji_db_run (yeji_store_get_db (self), run_note, &job, error);
}

/**
 * yeji_store_note_transfers_received:
 * @rows: (element-type YejiTransferRow)
 *
 * Keeps that the province said that it has whole files, of the transfers and of all documents of
 * their records that have these contents.
 */
gboolean
yeji_store_note_transfers_received (YejiStore  *self,
                                    GPtrArray  *rows,
                                    GError    **error)
{
  g_autoptr (GHashTable) records = g_hash_table_new (g_str_hash, g_str_equal);
  Job job = { .rows = rows };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);
  g_return_val_if_fail (rows != NULL, FALSE);

  if (!yeji_db_run (yeji_store_get_db (self), run_note_received, &job, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const YejiTransferRow *row = g_ptr_array_index (rows, i);

      if (g_hash_table_add (records, row->record))
        yeji_store_announce (self, row->record);
    }
  return TRUE;
}

/**
 * yeji_store_set_transfer_state:
 * @state: %YEJI_TRANSFER_WAITING to try again at once, %YEJI_TRANSFER_CANCELLED
 *
 * Does what the user wishes with one transfer. One that was received stays as it is.
 */
gboolean
yeji_store_set_transfer_state (YejiStore          *self,
                               gint64              id,
                               YejiTransferState   state,
                               GError            **error)
{
  Job job = { .id = id, .state = state };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return yeji_db_run (yeji_store_get_db (self), run_set_state, &job, error);
}

/**
 * yeji_store_move_transfer:
 * @position: from 0, among those that yeji_store_list_transfers() lists
 *
 * Changes the order of the queue.
 */
gboolean
yeji_store_move_transfer (YejiStore  *self,
                          gint64      id,
                          guint       position,
                          GError    **error)
{
  Job job = { .id = id, .position = position };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  return yeji_db_run (yeji_store_get_db (self), run_move, &job, error);
}

/**
 * yeji_store_get_receipt:
 *
 * Fails with %YEJI_STORE_ERROR_NOT_FOUND when the record was not submitted from this profile.
 *
 * Returns: (transfer full) (nullable): what the province said to the last submission
 */
YejiReceipt *
yeji_store_get_receipt (YejiStore   *self,
                        const char  *uuid,
                        GError     **error)
{
  Job job = { .record = uuid };

  g_return_val_if_fail (YEJI_IS_STORE (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  if (!yeji_db_run (yeji_store_get_db (self), run_get_receipt, &job, error))
    return NULL;
  return job.receipt;
}

/**
 * yeji_transfer_row_copy:
 *
 * Returns: (transfer full): a copy
 */
YejiTransferRow *
yeji_transfer_row_copy (const YejiTransferRow *self)
{
  YejiTransferRow *copy = g_memdup2 (self, sizeof *self);

  copy->record = g_strdup (self->record);
  copy->record_name = g_strdup (self->record_name);
  copy->slot = g_strdup (self->slot);
  copy->sha256 = g_strdup (self->sha256);
  copy->filename = g_strdup (self->filename);
  copy->media_type = g_strdup (self->media_type);
  copy->url = g_strdup (self->url);
  copy->message = g_strdup (self->message);
  return copy;
}

/**
 * yeji_transfer_row_free:
 * @self: (nullable) (transfer full)
 *
 * Frees a row.
 */
void
yeji_transfer_row_free (YejiTransferRow *self)
{
  if (self == NULL)
    return;
  g_free (self->record);
  g_free (self->record_name);
  g_free (self->slot);
  g_free (self->sha256);
  g_free (self->filename);
  g_free (self->media_type);
  g_free (self->url);
  g_free (self->message);
  g_free (self);
}

/**
 * yeji_receipt_free:
 * @self: (nullable) (transfer full)
 *
 * Frees a receipt.
 */
void
yeji_receipt_free (YejiReceipt *self)
{
  if (self == NULL)
    return;
  g_free (self->revision);
  g_free (self->submitted_at);
  g_free (self->sum);
  g_free (self->files);
  g_free (self->files_at);
  g_free (self->text);
  g_free (self);
}

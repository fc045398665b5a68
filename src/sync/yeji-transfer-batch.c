// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-transfer-queue-private.h"

/* What goes along with others; a larger one has enough bytes for a request of its own. */
#define SMALL_FILE (1024 * 1024)
/* After so many failures in a row a file is not to keep others back. */
#define MOST_FAILURES 2

/* Files of any records on their way in one request. */
typedef struct
{
  YejiTransferQueue *queue;
  GCancellable *cancellable;   /* of the request: whoever cancels one file cuts it off, and the
                                * others go on in the next one */
  YejiTransferTurn *turns;
  YejiTusResult *results;
  guint n_turns;
} Batch;

gboolean
yeji_transfer_batch_may_go (const YejiTransferItem *item)
{
  return item->row->size > 0 && item->row->size <= SMALL_FILE && item->row->url == NULL
         && !item->alone && item->row->failures < MOST_FAILURES;
}

static void
begin_turn (Batch            *self,
            YejiTransferItem *item)
{
  yeji_transfer_turn_begin (&self->turns[self->n_turns++], self->queue, item, self->cancellable);
}

/* With the mutex, which is free while it asks: how many may go along. */
static gboolean
ask (Batch   *self,
     guint   *n_files,
     gint64  *n_bytes,
     GError **error)
{
  YejiTransferQueue *queue = self->queue;
  gboolean asked;

  if (yeji_uploader_peek_batch (queue->uploader, n_files, n_bytes))
    return TRUE;
  queue->asking = TRUE;
  g_mutex_unlock (&queue->mutex);
  yeji_transfer_queue_tell (queue, FALSE);
  asked = yeji_uploader_get_batch (queue->uploader, n_files, n_bytes, self->cancellable, error);
  g_mutex_lock (&queue->mutex);
  queue->asking = FALSE;
  g_cond_broadcast (&queue->changed);
  return asked && !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* With the mutex: the first ones in the order that may go along. */
static void
gather (Batch  *self,
        guint   n_files,
        gint64  n_bytes)
{
  YejiTransferQueue *queue = self->queue;
  gint64 now = g_get_monotonic_time ();
  gint64 total = self->turns[0].row->size;

  self->turns = g_renew (YejiTransferTurn, self->turns, MAX (n_files, 1));
  for (guint i = 0; i < queue->items->len && self->n_turns < n_files; i++)
    {
      YejiTransferItem *item = g_ptr_array_index (queue->items, i);

      if (!yeji_transfer_queue_is_due (queue, item, now) || !yeji_transfer_batch_may_go (item)
          || total + item->row->size > n_bytes)
        continue;
      total += item->row->size;
      begin_turn (self, item);
    }
}

/* Blocks, without the mutex. */
static void
send_turns (Batch   *self,
            GError **error)
{
  g_autofree YejiTransferRow **rows = g_new0 (YejiTransferRow *, self->n_turns);
  g_autofree YejiUploadWatch *watches = g_new0 (YejiUploadWatch, self->n_turns);
  g_autofree gboolean *unsure = g_new0 (gboolean, self->n_turns);

  self->results = g_new0 (YejiTusResult, self->n_turns);
  for (guint i = 0; i < self->n_turns; i++)
    {
      rows[i] = self->turns[i].row;
      watches[i] = yeji_transfer_turn_watch (&self->turns[i]);
      unsure[i] = self->turns[i].item->unsure;
    }
  if (self->n_turns > 1 || unsure[0])
    {
      yeji_uploader_send_many (self->queue->uploader, rows, watches, unsure, self->results,
                               self->n_turns, self->cancellable, error);
      return;
    }
  if (yeji_uploader_send (self->queue->uploader, rows[0], watches, self->cancellable,
                          &self->results[0].error))
    self->results[0].outcome = YEJI_TUS_OUTCOME_RECEIVED;
  else
    self->results[0].outcome = YEJI_TUS_OUTCOME_FAILED;
}

/* All of them in one transaction; what the profile cannot keep is sent again another time. */
static void
note_received (Batch *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->n_turns; i++)
    if (self->results[i].outcome == YEJI_TUS_OUTCOME_RECEIVED)
      g_ptr_array_add (rows, self->turns[i].row);
  if (rows->len > 0)
    yeji_store_note_transfers_received (self->queue->store, rows, &error);
  for (guint i = 0; i < self->n_turns; i++)
    {
      if (self->results[i].outcome != YEJI_TUS_OUTCOME_RECEIVED)
        continue;
      self->turns[i].noted = TRUE;
      if (error != NULL)
        self->results[i] = (YejiTusResult) { YEJI_TUS_OUTCOME_FAILED, g_error_copy (error) };
    }
}

/* Of what is not certain nobody but the first is blamed for the line, or twenty files would count
 * as twenty failures. */
static void
finish_turns (Batch        *self,
              const GError *failure)
{
  gboolean cancelled = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  gboolean blamed = FALSE;

  for (guint i = 0; i < self->n_turns; i++)
    {
      YejiTransferTurn *turn = &self->turns[i];
      YejiTusResult *result = &self->results[i];

      if (result->outcome == YEJI_TUS_OUTCOME_CUT && failure == NULL)
        {
          turn->item->unsure = TRUE;
          yeji_transfer_turn_put_back (turn);
          continue;
        }
      if (result->outcome == YEJI_TUS_OUTCOME_RECEIVED
          || result->outcome == YEJI_TUS_OUTCOME_FAILED)
        {
          turn->item->unsure = FALSE;
          yeji_transfer_turn_finish (turn, g_steal_pointer (&result->error));
          continue;
        }
      turn->item->alone = failure == NULL;
      turn->item->unsure = failure != NULL;
      if (failure == NULL || (blamed && !cancelled))
        yeji_transfer_turn_put_back (turn);
      else
        yeji_transfer_turn_finish (turn, g_error_copy (failure));
      blamed = TRUE;
    }
}

/**
 * yeji_transfer_batch_send: (skip)
 * @first: that may go along with others
 *
 * Sends a small file together with those behind it that may go along, as the server takes them and
 * the line carries them; by itself where there is no other. With the mutex, which is free while it
 * sends.
 */
void
yeji_transfer_batch_send (YejiTransferQueue *self,
                          YejiTransferItem  *first)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Batch batch = { .queue = self, .cancellable = cancellable };
  guint n_files = 0;
  gint64 n_bytes = 0;

  /* what the others would take by themselves goes along soon */
  if (self->asking)
    {
      g_cond_wait (&self->changed, &self->mutex);
      return;
    }
  batch.turns = g_new0 (YejiTransferTurn, 1);
  begin_turn (&batch, first);
  if (!ask (&batch, &n_files, &n_bytes, &error))
    yeji_transfer_turn_finish (&batch.turns[0], g_steal_pointer (&error));
  else
    {
      gather (&batch, n_files, n_bytes);
      self->n_together = batch.n_turns > 1 ? batch.n_turns : 0;
      g_mutex_unlock (&self->mutex);
      yeji_transfer_queue_tell (self, FALSE);
      send_turns (&batch, &error);
      note_received (&batch);
      g_mutex_lock (&self->mutex);
      finish_turns (&batch, error);
    }
  g_free (batch.turns);
  g_free (batch.results);
}

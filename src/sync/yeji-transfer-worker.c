// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-failed-files.h"
#include "yeji-network.h"
#include "yeji-transfer-queue-private.h"

/* A file's next try: the first pause doubled with each, at most so many times that. */
#define MAX_PAUSE 60
#define MAX_DOUBLINGS 6
/* How long what is known of the network is good. */
#define NETWORK_TIME (10 * G_TIME_SPAN_SECOND)
/* How often what has left is told, and what was acknowledged is kept. */
#define TELL_BYTES (64 * 1024)
#define TELL_TIME (100 * 1000)
#define KEEP_TIME (2 * G_TIME_SPAN_SECOND)
/* A pause that is no part of sending one file after another. */
#define IDLE_TIME (2 * G_TIME_SPAN_SECOND)

/* The network is looked at without the mutex, by one worker for all. */
static void
check_network (YejiTransferQueue *self)
{
  g_autofree char *wanted = g_strdup (self->wish.network);
  g_autofree char *url = g_strdup (yeji_province_get_url (self->province));
  YejiNetworkFunc find = self->find_network;
  gboolean metered_too = self->wish.metered;
  YejiTransfersBlock block = YEJI_TRANSFERS_FREE;

  self->network_checking = TRUE;
  g_mutex_unlock (&self->mutex);
  if (wanted != NULL)
    {
      g_autofree char *present = find (url, NULL, NULL);

      if (present != NULL && !g_str_equal (present, wanted))
        block = YEJI_TRANSFERS_OTHER_NETWORK;
    }
  if (block == YEJI_TRANSFERS_FREE && !metered_too && yeji_network_is_metered ())
    block = YEJI_TRANSFERS_METERED;
  g_mutex_lock (&self->mutex);
  self->network_checking = FALSE;
  self->network_checked = g_get_monotonic_time ();
  self->network_block = block;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  yeji_transfer_queue_tell (self, FALSE);
  g_mutex_lock (&self->mutex);
}

static gboolean
needs_network (YejiTransferQueue *self)
{
  return self->wish.network != NULL || !self->wish.metered;
}

YejiTransfersBlock
yeji_transfer_queue_get_block (YejiTransferQueue *self,
                               gint64             now)
{
  if (self->wish.paused)
    return YEJI_TRANSFERS_PAUSED;
  if (self->province == NULL || now < self->offline_until)
    return YEJI_TRANSFERS_OFFLINE;
  return needs_network (self) ? self->network_block : YEJI_TRANSFERS_FREE;
}

gboolean
yeji_transfer_queue_is_given_up (YejiTransferQueue      *self,
                                 const YejiTransferItem *item)
{
  return self->patience > 0
         && (item->tries >= self->patience || self->streak >= self->patience * self->wish.workers);
}

/* Whether it can be sent now; at the end of time: ever, as it is. */
gboolean
yeji_transfer_queue_is_due (YejiTransferQueue      *self,
                            const YejiTransferItem *item,
                            gint64                  now)
{
  return item->row->state == YEJI_TRANSFER_WAITING && item->cancellable == NULL
         && item->due <= now && !yeji_transfer_queue_is_given_up (self, item);
}

/* The first one whose time has come; else when the next one's comes. */
static YejiTransferItem *
pick (YejiTransferQueue *self,
      gint64             now,
      gint64            *wake)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      YejiTransferItem *item = g_ptr_array_index (self->items, i);

      if (yeji_transfer_queue_is_due (self, item, now))
        return item;
      if (yeji_transfer_queue_is_due (self, item, G_MAXINT64))
        *wake = MIN (*wake, item->due);
    }
  return NULL;
}

/* Waits until there is something for this worker; NULL: the end. */
static YejiTransferItem *
await_item (YejiTransferQueue *self,
            guint              number)
{
  while (!self->stopping)
    {
      gint64 now = g_get_monotonic_time ();
      gint64 wake = now + G_TIME_SPAN_HOUR;
      YejiTransfersBlock block = yeji_transfer_queue_get_block (self, now);
      YejiTransferItem *item = NULL;

      if (number < self->wish.workers)
        {
          if (block == YEJI_TRANSFERS_OFFLINE && self->province != NULL)
            wake = self->offline_until;
          else if (block != YEJI_TRANSFERS_PAUSED && self->province != NULL)
            item = pick (self, now, &wake);
        }
      if (item != NULL && needs_network (self) && !self->network_checking
          && now - self->network_checked >= NETWORK_TIME)
        {
          check_network (self);
          continue;
        }
      if (item != NULL && !self->network_checking && block == YEJI_TRANSFERS_FREE)
        return item;
      if (item != NULL)
        wake = now + NETWORK_TIME;
      g_cond_wait_until (&self->changed, &self->mutex, wake);
    }
  return NULL;
}

static void
flush_count (YejiTransferTurn *turn,
             gint64            now)
{
  YejiTransferQueue *self = turn->queue;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  turn->item->sent += (gint64) turn->untold;
  yeji_estimate_add_bytes (self->estimate, now, (gint64) turn->untold);
  yeji_transfer_queue_touch (self, turn->item);
  turn->untold = 0;
  turn->told = now;
}

static void
count_bytes (gsize    n_bytes,
             gpointer data)
{
  YejiTransferTurn *turn = data;
  gint64 now;

  turn->untold += n_bytes;
  now = g_get_monotonic_time ();
  if (turn->untold >= TELL_BYTES || now - turn->told >= TELL_TIME)
    flush_count (turn, now);
}

static void
note_offset (gint64   offset,
             gpointer data)
{
  YejiTransferTurn *turn = data;
  YejiTransferQueue *self = turn->queue;
  gint64 now = g_get_monotonic_time ();

  flush_count (turn, now);
  g_mutex_lock (&self->mutex);
  if (offset > turn->item->row->sent)
    {
      turn->item->row->failures = turn->row->failures = turn->item->tries = 0;
      self->streak = 0;
    }
  turn->item->row->sent = offset;
  turn->item->sent = offset;
  yeji_transfer_queue_touch (self, turn->item);
  g_mutex_unlock (&self->mutex);

  if (now - turn->kept < KEEP_TIME || offset == turn->row->size)
    return;
  turn->kept = now;
  yeji_store_note_transfer (self->store, turn->row, NULL);
}

static void
count_request (gint64   duration,
               gint64   n_bytes,
               gpointer data)
{
  YejiTransferTurn *turn = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&turn->queue->mutex);

  yeji_estimate_add_request (turn->queue->estimate, g_get_monotonic_time (), duration, n_bytes);
}

static gint64
get_pause (YejiTransferQueue *self,
           guint              failures)
{
  gint64 full = MIN ((gint64) self->pause << MIN (MAX (failures, 1) - 1, MAX_DOUBLINGS),
                     (gint64) MAX_PAUSE * self->pause);

  return full * 500 + g_random_int_range (0, (gint32) MIN (full * 500, G_MAXINT32 - 1) + 1);
}

static void
delay (YejiTransferQueue *self,
       YejiTransferItem  *item,
       gint64             microseconds)
{
  item->due = g_get_monotonic_time () + microseconds;
  item->row->next_attempt = (g_get_real_time () + microseconds) / G_USEC_PER_SEC;
}

/* The line, or the province as a whole: others wait too. One failure may be the file's. */
static void
take_line_failure (YejiTransferQueue *self,
                   const GError      *failure)
{
  const YejiRefusal *refusal = yeji_sync_error_get_refusal (failure);
  gint64 pause = 0;

  if (yeji_sync_error_is_line (failure))
    {
      self->streak++;
      if (self->streak >= self->wish.workers)
        pause = get_pause (self, self->streak - self->wish.workers + 1);
    }
  else if (refusal != NULL && refusal->status == YEJI_STATUS_TOO_MANY_REQUESTS)
    pause = (gint64) yeji_sync_error_get_retry_after (failure) * G_USEC_PER_SEC;
  if (pause > 0)
    self->offline_until = g_get_monotonic_time () + pause;
}

/* The province's own words, as the clerk will read them; else a code, which the program has words
 * for, and a fragment for logs. */
static char *
get_words (const GError *failure)
{
  const YejiRefusal *refusal = yeji_sync_error_get_refusal (failure);

  if (refusal == NULL || *refusal->title == '\0')
    return g_strdup_printf ("%s: %s",
                            g_error_matches (failure, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE)
                              ? YEJI_TRANSFER_LOCAL_FILE : YEJI_TRANSFER_LOCAL_LINE,
                            failure->message);
  if (refusal->detail == NULL)
    return g_strdup (refusal->title);
  return g_strdup_printf ("%s\n%s", refusal->title, refusal->detail);
}

static gboolean
is_final (const GError *failure)
{
  return g_error_matches (failure, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_REFUSED)
         || g_error_matches (failure, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_STALE)
         || g_error_matches (failure, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_FILE);
}

static void
take_failure (YejiTransferQueue *self,
              YejiTransferItem  *item,
              const GError      *failure)
{
  gint64 pause;

  /* who pauses, stops or cancels has said what becomes of it */
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_free (item->row->message);
  item->row->message = get_words (failure);
  g_clear_error (&self->error);
  self->error = g_error_copy (failure);
  if (is_final (failure))
    {
      item->row->state = YEJI_TRANSFER_FAILED;
      return;
    }
  if (g_error_matches (failure, YEJI_SYNC_ERROR, YEJI_SYNC_ERROR_SIGNED_OUT))
    {
      g_clear_object (&self->province);
      return;
    }
  item->row->failures++;
  item->tries++;
  pause = get_pause (self, self->patience > 0 ? item->tries : item->row->failures);
  delay (self, item,
         MAX (pause, (gint64) yeji_sync_error_get_retry_after (failure) * G_USEC_PER_SEC));
  take_line_failure (self, failure);
}

static void
clear_turn (YejiTransferTurn *turn)
{
  g_clear_pointer (&turn->row, yeji_transfer_row_free);
  g_clear_pointer (&turn->item, yeji_transfer_item_unref);
}

static void
end_sending (YejiTransferTurn *turn)
{
  YejiTransferQueue *self = turn->queue;
  YejiTransferItem *item = turn->item;

  if (--self->n_sending == 0)
    self->idle_since = g_get_monotonic_time ();
  item->sent = item->row->sent;
  if (item->row->state == YEJI_TRANSFER_SENDING)
    item->row->state = YEJI_TRANSFER_WAITING;
}

/* With the mutex: the file waits as if its turn had not come. */
void
yeji_transfer_turn_put_back (YejiTransferTurn *turn)
{
  YejiTransferQueue *self = turn->queue;

  end_sending (turn);
  g_clear_object (&turn->item->cancellable);
  yeji_transfer_queue_touch (self, turn->item);
  g_cond_broadcast (&self->changed);
  clear_turn (turn);
}

/* With the mutex, which is free in between: it may take its time. @failure: (transfer full) */
void
yeji_transfer_turn_finish (YejiTransferTurn *turn,
                           GError           *failure)
{
  YejiTransferQueue *self = turn->queue;
  YejiTransferItem *item = turn->item;
  g_autoptr (GError) problem = failure;
  YejiUploader *uploader = self->uploader;
  gboolean settled;

  if (problem == NULL && !turn->noted)
    {
      g_autoptr (GPtrArray) rows = g_ptr_array_new ();

      g_ptr_array_add (rows, turn->row);
      g_mutex_unlock (&self->mutex);
      yeji_store_note_transfers_received (self->store, rows, &problem);
      g_mutex_lock (&self->mutex);
    }
  end_sending (turn);
  g_free (item->row->url);
  item->row->url = g_strdup (problem != NULL ? turn->row->url : NULL);
  if (problem == NULL)
    {
      item->row->state = YEJI_TRANSFER_RECEIVED;
      item->sent = item->row->sent = MAX (item->row->size, 0);
      g_clear_pointer (&item->row->message, g_free);
      self->n_received++;
      self->streak = 0;
    }
  else
    take_failure (self, item, problem);
  yeji_transfer_queue_touch (self, item);
  settled = !yeji_transfer_item_is_open (item)
            && !yeji_transfer_queue_has_open (self, turn->row->record);
  if (problem != NULL)
    {
      g_autoptr (YejiTransferRow) row = yeji_transfer_row_copy (item->row);

      g_mutex_unlock (&self->mutex);
      if (row->state == YEJI_TRANSFER_CANCELLED && row->url != NULL)
        yeji_uploader_forget (uploader, row->url, NULL);
      yeji_store_note_transfer (self->store, row, NULL);
      if (row->state == YEJI_TRANSFER_FAILED)
        yeji_failed_files_note (self->store, row->record);
      g_mutex_lock (&self->mutex);
    }
  g_clear_object (&item->cancellable);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  yeji_transfer_queue_tell (self, settled);
  g_mutex_lock (&self->mutex);
  clear_turn (turn);
}

/* With the mutex. */
void
yeji_transfer_turn_begin (YejiTransferTurn  *turn,
                          YejiTransferQueue *queue,
                          YejiTransferItem  *item,
                          GCancellable      *cancellable)
{
  gint64 now = g_get_monotonic_time ();

  *turn = (YejiTransferTurn) {
    .queue = queue,
    .item = g_atomic_rc_box_acquire (item),
    .row = yeji_transfer_row_copy (item->row),
    .told = now,
    .kept = now,
  };
  if (queue->n_sending++ == 0 && now - queue->idle_since > IDLE_TIME)
    yeji_estimate_reset (queue->estimate, now);
  item->cancellable = g_object_ref (cancellable);
  item->row->state = YEJI_TRANSFER_SENDING;
  item->sent = item->row->sent;
  item->began = now;
  item->began_at = item->sent;
  yeji_transfer_queue_touch (queue, item);
}

/* What the sending of one file tells goes to its item. */
YejiUploadWatch
yeji_transfer_turn_watch (YejiTransferTurn *turn)
{
  return (YejiUploadWatch) {
    { turn->queue->rate, count_bytes, turn }, note_offset, count_request, turn,
  };
}

static void
send_item (YejiTransferQueue *self,
           YejiTransferItem  *item)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  YejiTransferTurn turn;
  YejiUploadWatch watch;
  GError *error = NULL;

  yeji_transfer_turn_begin (&turn, self, item, cancellable);
  g_mutex_unlock (&self->mutex);
  yeji_transfer_queue_tell (self, FALSE);

  watch = yeji_transfer_turn_watch (&turn);
  yeji_uploader_send (self->uploader, turn.row, &watch, cancellable, &error);

  g_mutex_lock (&self->mutex);
  yeji_transfer_turn_finish (&turn, error);
}

typedef struct
{
  YejiTransferQueue *queue;
  guint number;
} Worker;

static gpointer
run_worker (gpointer data)
{
  g_autofree Worker *worker = data;
  YejiTransferQueue *self = worker->queue;
  YejiTransferItem *item;

  g_mutex_lock (&self->mutex);
  while ((item = await_item (self, worker->number)) != NULL)
    if (yeji_transfer_batch_may_go (item))
      yeji_transfer_batch_send (self, item);
    else
      send_item (self, item);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/**
 * yeji_transfer_worker_new: (skip)
 * @number: from 0; those above what the user wants rest
 *
 * Starts one of the threads that send files, until the queue is stopped.
 *
 * Returns: (transfer full): the thread, to be joined
 */
GThread *
yeji_transfer_worker_new (YejiTransferQueue *self,
                          guint              number)
{
  Worker *worker = g_new (Worker, 1);

  *worker = (Worker) { self, number };
  return g_thread_new ("yeji-upload", run_worker, worker);
}

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-transfer-queue.h"

#include "yeji-network.h"
#include "yeji-transfer-queue-private.h"

/* Milliseconds until a file's second try. */
#define FIRST_PAUSE 1000
/* Nothing is worse than a clock that was wrong once: no try is ever set later than this. */
#define MAX_AHEAD 7200
/* For the estimate: what goes in one request, and what a piece is about. */
#define SMALL_FILE (2 * 1024 * 1024)
#define USUAL_PIECE (4 * 1024 * 1024)

static void
item_clear (gpointer data)
{
  YejiTransferItem *item = data;

  yeji_transfer_row_free (item->row);
  g_clear_object (&item->cancellable);
}

void
yeji_transfer_item_unref (gpointer item)
{
  g_atomic_rc_box_release_full (item, item_clear);
}

void
yeji_transfer_queue_touch (YejiTransferQueue *self,
                           YejiTransferItem  *item)
{
  item->version = ++self->version;
}

void
yeji_transfer_queue_reorder (YejiTransferQueue *self)
{
  self->order = ++self->version;
}

/* Called without the mutex. */
void
yeji_transfer_queue_tell (YejiTransferQueue *self,
                          gboolean           settled)
{
  if (self->func != NULL)
    self->func (self, settled, self->func_data);
}

gboolean
yeji_transfer_item_is_open (const YejiTransferItem *item)
{
  return item->row->state == YEJI_TRANSFER_WAITING || item->row->state == YEJI_TRANSFER_SENDING;
}

gboolean
yeji_transfer_queue_has_open (YejiTransferQueue *self,
                              const char        *record)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      const YejiTransferItem *item = g_ptr_array_index (self->items, i);

      if (yeji_transfer_item_is_open (item) && g_str_equal (item->row->record, record))
        return TRUE;
    }
  return FALSE;
}

static YejiTransferItem *
find_item (YejiTransferQueue *self,
           gint64             id)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      YejiTransferItem *item = g_ptr_array_index (self->items, i);

      if (item->row->id == id)
        return item;
    }
  return NULL;
}

/**
 * yeji_transfer_queue_new:
 *
 * Returns: (transfer full): a queue that is empty and stopped
 */
YejiTransferQueue *
yeji_transfer_queue_new (YejiStore *store)
{
  YejiTransferQueue *self = g_new0 (YejiTransferQueue, 1);

  self->store = g_object_ref (store);
  self->rate = yeji_rate_new ();
  self->estimate = yeji_estimate_new ();
  self->items = g_ptr_array_new_with_free_func (yeji_transfer_item_unref);
  self->find_network = yeji_network_find;
  self->pause = FIRST_PAUSE;
  self->wish = (YejiTransferWish) { .workers = YEJI_TRANSFERS_USUAL_WORKERS, .metered = TRUE };
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  return self;
}

/**
 * yeji_transfer_queue_free:
 * @self: (nullable) (transfer full)
 *
 * Frees a queue that is stopped.
 */
void
yeji_transfer_queue_free (YejiTransferQueue *self)
{
  if (self == NULL)
    return;
  g_assert (self->threads[0] == NULL);
  g_ptr_array_unref (self->items);
  yeji_estimate_free (self->estimate);
  yeji_rate_free (self->rate);
  yeji_transfer_wish_clear (&self->wish);
  g_clear_error (&self->error);
  g_object_unref (self->store);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

/**
 * yeji_transfer_queue_set_func:
 *
 * Sets who is told of what happens. While the queue is stopped only.
 */
void
yeji_transfer_queue_set_func (YejiTransferQueue     *self,
                              YejiTransferQueueFunc  func,
                              gpointer               data)
{
  self->func = func;
  self->func_data = data;
}

/**
 * yeji_transfer_queue_set_network_func: (skip)
 *
 * Sets how the present network is found, for tests.
 */
void
yeji_transfer_queue_set_network_func (YejiTransferQueue *self,
                                      YejiNetworkFunc    func)
{
  self->find_network = func;
}

/**
 * yeji_transfer_queue_set_patience:
 * @pause: milliseconds after the first failure of a file, doubled with each
 * @tries: how many failures in a row make a file one that is given up until it is nudged; 0: none
 *
 * Sets how patient the queue is. Unless set that is a second, and without end. While it is stopped
 * only.
 */
void
yeji_transfer_queue_set_patience (YejiTransferQueue *self,
                                  guint              pause,
                                  guint              tries)
{
  self->pause = pause;
  self->patience = tries;
}

/**
 * yeji_transfer_queue_start:
 * @province: where the files go
 *
 * Begins to send. A queue that runs goes on with the other province.
 */
void
yeji_transfer_queue_start (YejiTransferQueue *self,
                           YejiProvince      *province)
{
  yeji_transfer_queue_stop (self);
  g_mutex_lock (&self->mutex);
  self->province = g_object_ref (province);
  self->uploader = yeji_uploader_new (self->store, province);
  self->stopping = FALSE;
  self->streak = 0;
  self->offline_until = 0;
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < G_N_ELEMENTS (self->threads); i++)
    self->threads[i] = yeji_transfer_worker_new (self, i);
  yeji_transfer_queue_tell (self, FALSE);
}

static void
interrupt (YejiTransferQueue *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      YejiTransferItem *item = g_ptr_array_index (self->items, i);

      if (item->cancellable != NULL)
        g_cancellable_cancel (item->cancellable);
    }
}

/**
 * yeji_transfer_queue_stop:
 *
 * Ends what is under way, which goes on where it was another time, and waits until it has ended.
 * Blocks, shortly. A second call does nothing.
 */
void
yeji_transfer_queue_stop (YejiTransferQueue *self)
{
  if (self->threads[0] == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  interrupt (self);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < G_N_ELEMENTS (self->threads); i++)
    g_thread_join (g_steal_pointer (&self->threads[i]));
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->uploader, yeji_uploader_free);
  g_clear_object (&self->province);
  g_mutex_unlock (&self->mutex);
  yeji_transfer_queue_tell (self, FALSE);
}

/**
 * yeji_transfer_queue_get_wish:
 * @wish: (out caller-allocates): to be cleared
 *
 * Gets what the user wants.
 */
void
yeji_transfer_queue_get_wish (YejiTransferQueue *self,
                              YejiTransferWish  *wish)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  *wish = self->wish;
  wish->network = g_strdup (self->wish.network);
}

static gboolean
is_same_way (const YejiTransferWish *one,
             const YejiTransferWish *other)
{
  return one->paused == other->paused && one->metered == other->metered
         && g_strcmp0 (one->network, other->network) == 0;
}

static void
take_wish (YejiTransferQueue      *self,
           const YejiTransferWish *wish)
{
  YejiTransferWish new = *wish;

  new.network = g_strdup (wish->network != NULL && *wish->network != '\0' ? wish->network : NULL);
  new.workers = CLAMP (wish->workers, YEJI_TRANSFERS_LEAST_WORKERS, YEJI_TRANSFERS_MOST_WORKERS);
  new.rate = MAX (wish->rate, 0);
  yeji_rate_set (self->rate, new.rate);
  /* what is under way goes on where it may, when it has been looked at anew */
  if (!is_same_way (&new, &self->wish))
    {
      interrupt (self);
      self->network_checked = 0;
    }
  yeji_transfer_wish_clear (&self->wish);
  self->wish = new;
  yeji_transfer_queue_reorder (self);
  g_cond_broadcast (&self->changed);
}

/**
 * yeji_transfer_queue_set_wish:
 *
 * Sets what the user wants, at once: files that are under way are interrupted where they may not go
 * on.
 */
void
yeji_transfer_queue_set_wish (YejiTransferQueue      *self,
                              const YejiTransferWish *wish)
{
  g_mutex_lock (&self->mutex);
  take_wish (self, wish);
  self->wished = TRUE;
  g_mutex_unlock (&self->mutex);
  yeji_transfer_queue_tell (self, FALSE);
}

/**
 * yeji_transfer_queue_load_wish:
 *
 * Sets what the user wanted as the profile has it, unless the user was faster. Blocks.
 */
gboolean
yeji_transfer_queue_load_wish (YejiTransferQueue  *self,
                               GError            **error)
{
  g_auto (YejiTransferWish) wish = { 0 };

  if (!yeji_transfer_wish_load (self->store, &wish, error))
    return FALSE;
  g_mutex_lock (&self->mutex);
  if (!self->wished)
    take_wish (self, &wish);
  g_mutex_unlock (&self->mutex);
  yeji_transfer_queue_tell (self, FALSE);
  return TRUE;
}

/**
 * yeji_transfer_queue_keep_wish:
 *
 * Keeps in the profile what the user wants. Blocks.
 */
gboolean
yeji_transfer_queue_keep_wish (YejiTransferQueue  *self,
                               GError            **error)
{
  g_auto (YejiTransferWish) wish = { 0 };

  yeji_transfer_queue_get_wish (self, &wish);
  return yeji_transfer_wish_keep (self->store, &wish, error);
}

static int
compare_places (gconstpointer one,
                gconstpointer other)
{
  const YejiTransferItem *a = *(YejiTransferItem * const *) one;
  const YejiTransferItem *b = *(YejiTransferItem * const *) other;

  if (a->row->position != b->row->position)
    return a->row->position < b->row->position ? -1 : 1;
  return a->row->id < b->row->id ? -1 : a->row->id > b->row->id;
}

static gint64
get_due (const YejiTransferRow *row)
{
  gint64 ahead = row->next_attempt - g_get_real_time () / G_USEC_PER_SEC;

  return ahead > 0 && ahead < MAX_AHEAD ? g_get_monotonic_time () + ahead * G_USEC_PER_SEC : 0;
}

/* What was received in the round before is history as soon as something new waits. */
static void
begin_round (YejiTransferQueue *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (yeji_transfer_item_is_open (g_ptr_array_index (self->items, i)))
      return;
  g_ptr_array_set_size (self->items, 0);
}

static void
take_row (YejiTransferQueue *self,
          YejiTransferRow   *row,
          GHashTable        *known)
{
  YejiTransferItem *item = g_hash_table_lookup (known, &row->id);
  gboolean new = item == NULL;

  if (new)
    {
      item = g_atomic_rc_box_new0 (YejiTransferItem);
      g_ptr_array_add (self->items, item);
    }
  g_hash_table_remove (known, &row->id);
  /* who sends it knows more of it than the store does */
  if (item->cancellable != NULL)
    {
      item->row->position = row->position;
      yeji_transfer_row_free (row);
      return;
    }
  g_clear_pointer (&item->row, yeji_transfer_row_free);
  item->row = row;
  /* who was here before may have sent it and been ended before the answer */
  item->unsure = item->unsure || (new && !self->loaded);
  item->sent = row->sent;
  item->due = get_due (row);
  yeji_transfer_queue_touch (self, item);
}

/* What the store does not have any more was cancelled. */
static void
drop_unknown (YejiTransferQueue *self,
              GHashTable        *known)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      YejiTransferItem *item = g_ptr_array_index (self->items, i - 1);

      if (!g_hash_table_contains (known, &item->row->id)
          || item->row->state == YEJI_TRANSFER_RECEIVED)
        continue;
      if (item->cancellable != NULL)
        {
          item->row->state = YEJI_TRANSFER_CANCELLED;
          g_cancellable_cancel (item->cancellable);
        }
      else if (item->row->state != YEJI_TRANSFER_CANCELLED)
        g_ptr_array_remove_index (self->items, i - 1);
    }
}

/**
 * yeji_transfer_queue_reload:
 *
 * Takes over what the store has: what was put there, moved or cancelled. Blocks.
 */
gboolean
yeji_transfer_queue_reload (YejiTransferQueue  *self,
                            GError            **error)
{
  g_autoptr (GPtrArray) rows = yeji_store_list_transfers (self->store, NULL, error);
  g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);

  if (rows == NULL)
    return FALSE;
  g_ptr_array_set_free_func (rows, NULL);
  g_mutex_lock (&self->mutex);
  begin_round (self);
  for (guint i = 0; i < self->items->len; i++)
    {
      YejiTransferItem *item = g_ptr_array_index (self->items, i);

      g_hash_table_insert (known, &item->row->id, item);
    }
  for (guint i = 0; i < rows->len; i++)
    take_row (self, g_ptr_array_index (rows, i), known);
  self->loaded = TRUE;
  drop_unknown (self, known);
  g_ptr_array_sort (self->items, compare_places);
  yeji_transfer_queue_reorder (self);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  yeji_transfer_queue_tell (self, FALSE);
  return TRUE;
}

/**
 * yeji_transfer_queue_nudge:
 *
 * Tries everything now: the network has changed, or the province was reached.
 */
void
yeji_transfer_queue_nudge (YejiTransferQueue *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->network_checked = 0;
  self->offline_until = 0;
  self->streak = 0;
  for (guint i = 0; i < self->items->len; i++)
    {
      YejiTransferItem *item = g_ptr_array_index (self->items, i);

      item->due = 0;
      item->tries = 0;
    }
  g_cond_broadcast (&self->changed);
}

static gboolean
set_state (YejiTransferQueue  *self,
           gint64              id,
           YejiTransferState   state,
           GError            **error)
{
  g_autofree char *record = NULL;
  gboolean settled;
  YejiTransferItem *item;

  if (!yeji_store_set_transfer_state (self->store, id, state, error))
    return FALSE;
  g_mutex_lock (&self->mutex);
  item = find_item (self, id);
  if (item != NULL && item->row->state != YEJI_TRANSFER_RECEIVED
      && !(item->row->state == YEJI_TRANSFER_SENDING && state == YEJI_TRANSFER_WAITING))
    {
      item->row->state = state;
      item->row->failures = 0;
      item->tries = 0;
      item->due = 0;
      item->alone = FALSE;
      g_clear_pointer (&item->row->message, g_free);
      if (item->cancellable != NULL && state == YEJI_TRANSFER_CANCELLED)
        g_cancellable_cancel (item->cancellable);
      yeji_transfer_queue_touch (self, item);
    }
  settled = item != NULL && !yeji_transfer_item_is_open (item)
            && !yeji_transfer_queue_has_open (self, item->row->record);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  yeji_transfer_queue_tell (self, settled);
  return TRUE;
}

/**
 * yeji_transfer_queue_cancel:
 *
 * Does not send a file, whether it is under way or not. Blocks.
 */
gboolean
yeji_transfer_queue_cancel (YejiTransferQueue  *self,
                            gint64              id,
                            GError            **error)
{
  return set_state (self, id, YEJI_TRANSFER_CANCELLED, error);
}

/**
 * yeji_transfer_queue_retry:
 *
 * Sends a file that has failed or was cancelled after all, and one that waits for its next try now.
 * Blocks.
 */
gboolean
yeji_transfer_queue_retry (YejiTransferQueue  *self,
                           gint64              id,
                           GError            **error)
{
  return set_state (self, id, YEJI_TRANSFER_WAITING, error);
}

/**
 * yeji_transfer_queue_move:
 * @position: from 0
 *
 * Changes the order. Blocks.
 */
gboolean
yeji_transfer_queue_move (YejiTransferQueue  *self,
                          gint64              id,
                          guint               position,
                          GError            **error)
{
  return yeji_store_move_transfer (self->store, id, position, error)
         && yeji_transfer_queue_reload (self, error);
}

static guint
count_requests (const YejiTransferItem *item)
{
  gint64 left = item->row->size - item->sent;

  return left <= SMALL_FILE ? 1 : 1 + (guint) (left / USUAL_PIECE);
}

/**
 * yeji_transfer_queue_get_totals:
 * @totals: (out caller-allocates)
 *
 * Gets how all of it stands.
 */
void
yeji_transfer_queue_get_totals (YejiTransferQueue  *self,
                                YejiTransferTotals *totals)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gint64 now = g_get_monotonic_time ();
  gint64 bytes_left = 0;
  guint requests_left = 0, n_small = 0;
  gboolean hopeless = TRUE;

  *totals = (YejiTransferTotals) { .seconds_left = -1 };
  for (guint i = 0; i < self->items->len; i++)
    {
      const YejiTransferItem *item = g_ptr_array_index (self->items, i);
      gint64 size = MAX (item->row->size, 0);

      totals->n_failed += item->row->state == YEJI_TRANSFER_FAILED;
      totals->n_received += item->row->state == YEJI_TRANSFER_RECEIVED;
      if (item->row->state == YEJI_TRANSFER_FAILED || item->row->state == YEJI_TRANSFER_CANCELLED)
        continue;
      totals->bytes_total += size;
      totals->bytes_sent += MIN (item->sent, size);
      /* (what a worker has in its hands is not done before it is written down) */
      if (!yeji_transfer_item_is_open (item) && item->cancellable == NULL)
        continue;
      totals->n_waiting++;
      bytes_left += size - MIN (item->sent, size);
      if (self->n_together > 0 && yeji_transfer_batch_may_go (item))
        n_small++;
      else
        requests_left += count_requests (item);
      hopeless = hopeless && yeji_transfer_queue_is_given_up (self, item);
    }
  if (n_small > 0)
    requests_left += (n_small + self->n_together - 1) / self->n_together;
  totals->n_sending = self->n_sending;
  totals->blocked = yeji_transfer_queue_get_block (self, now);
  totals->stuck = totals->n_waiting > 0 && self->n_sending == 0
                  && (hopeless || self->province == NULL);
  if (self->n_sending == 0)
    return;
  totals->speed = yeji_estimate_get_speed (self->estimate, now);
  totals->seconds_left = yeji_estimate_get_seconds (self->estimate, now, bytes_left, requests_left,
                                                    self->wish.workers);
}

static void
clear_news (gpointer data)
{
  YejiTransferNews *news = data;

  g_free (news->message);
}

static double
get_rate (const YejiTransferItem *item,
          gint64                  now)
{
  double seconds = (double) (now - item->began) / G_USEC_PER_SEC;

  return item->row->state == YEJI_TRANSFER_SENDING && seconds >= 0.5
           ? (double) MAX (item->sent - item->began_at, 0) / seconds : 0;
}

/**
 * yeji_transfer_queue_get_news:
 * @since: (inout): what was known already; 0 for nothing
 * @order: (inout): the order that was known; 0 for none
 * @rows: (out) (transfer full) (nullable) (element-type YejiTransferRow): all of them in their
 *     order, when it is another one
 *
 * Returns: (transfer full) (element-type YejiTransferNews): those that changed
 */
GArray *
yeji_transfer_queue_get_news (YejiTransferQueue  *self,
                              guint64            *since,
                              guint64            *order,
                              GPtrArray         **rows)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GArray *list = g_array_new (FALSE, FALSE, sizeof (YejiTransferNews));
  gint64 now = g_get_monotonic_time ();

  g_array_set_clear_func (list, clear_news);
  *rows = NULL;
  if (*order != self->order)
    *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) yeji_transfer_row_free);
  for (guint i = 0; i < self->items->len; i++)
    {
      const YejiTransferItem *item = g_ptr_array_index (self->items, i);

      if (*rows != NULL)
        g_ptr_array_add (*rows, yeji_transfer_row_copy (item->row));
      if (item->version > *since || *rows != NULL)
        {
          YejiTransferNews news = {
            item->row->id, item->row->state, item->sent, g_strdup (item->row->message),
            get_rate (item, now),
          };

          g_array_append_val (list, news);
        }
    }
  *since = self->version;
  *order = self->order;
  return list;
}

/**
 * yeji_transfer_queue_take_received:
 *
 * Returns: how many files were received since the last call
 */
guint
yeji_transfer_queue_take_received (YejiTransferQueue *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  guint n_received = self->n_received;

  self->n_received = 0;
  return n_received;
}

static void
wake_waiter (GCancellable *cancellable,
             gpointer      data)
{
  YejiTransferQueue *self = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_cond_broadcast (&self->changed);
}

/**
 * yeji_transfer_queue_wait:
 *
 * Waits until something has happened to a file, or the time is over. Blocks.
 *
 * Returns: %FALSE when it was cancelled
 */
gboolean
yeji_transfer_queue_wait (YejiTransferQueue *self,
                          guint              milliseconds,
                          GCancellable      *cancellable)
{
  gint64 end = g_get_monotonic_time () + (gint64) milliseconds * 1000;
  gulong id = cancellable != NULL
                ? g_cancellable_connect (cancellable, G_CALLBACK (wake_waiter), self, NULL) : 0;

  g_mutex_lock (&self->mutex);
  if (!g_cancellable_is_cancelled (cancellable))
    g_cond_wait_until (&self->changed, &self->mutex, end);
  g_mutex_unlock (&self->mutex);
  if (id != 0)
    g_cancellable_disconnect (cancellable, id);
  return !g_cancellable_is_cancelled (cancellable);
}

/**
 * yeji_transfer_queue_dup_error:
 *
 * Returns: (transfer full) (nullable): why the last file that could not be sent was not
 */
GError *
yeji_transfer_queue_dup_error (YejiTransferQueue *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->error != NULL ? g_error_copy (self->error) : NULL;
}

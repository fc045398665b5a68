// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-sync-cycle.h"

#include "yeji-declared-fetch.h"
#include "yeji-petition-pusher.h"
#include "yeji-puller.h"
#include "yeji-pusher.h"
#include "yeji-receipt-fetch.h"
#include "yeji-use-sync.h"

/* A moment at which the turn of every submission has come. */
#define ANY_TIME (G_MAXINT64 / 2)
/* How often a terminal is told: milliseconds. */
#define PROGRESS_TIME 250

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* The outbox has one submission a record, the newest. What is queued meanwhile comes into the next
 * cycle. */
static gboolean
push_due (YejiStore       *store,
          YejiProvince    *province,
          gint64           now,
          YejiSyncReport  *report,
          GCancellable    *cancellable,
          GError         **error)
{
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (store, error);

  for (guint i = 0; outbox != NULL && i < outbox->len; i++)
    {
      const YejiOutboxItem *item = g_ptr_array_index (outbox, i);

      if (yeji_pusher_is_due (item, now)
          && !yeji_pusher_push (store, province, item, report, cancellable, error))
        return FALSE;
    }
  return outbox != NULL;
}

static gboolean
has_due (YejiStore  *store,
         gboolean   *due,
         GError    **error)
{
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (store, error);
  gint64 now = get_now ();

  *due = FALSE;
  for (guint i = 0; outbox != NULL && i < outbox->len; i++)
    *due = *due || yeji_pusher_is_due (g_ptr_array_index (outbox, i), now);
  return outbox != NULL && (*due || yeji_petition_has_due (store, FALSE, due, error));
}

/* The dictionary comes before the records: they may be written under a version that was not known
 * here yet. */
static gboolean
run_cycle (YejiStore       *store,
           YejiProvince    *province,
           gint64           now,
           YejiSyncReport  *report,
           GCancellable    *cancellable,
           GError         **error)
{
  YejiSyncReport own = { 0 };
  gboolean done;

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);
  g_return_val_if_fail (YEJI_IS_PROVINCE (province), FALSE);

  done = push_due (store, province, now, &own, cancellable, error)
         && yeji_dictionary_update_run (store, province, &own.dictionary, cancellable, error)
         && yeji_puller_pull (store, province, &own.changes, cancellable, error)
         && yeji_petition_push_due (store, province, now, &own.asked, &own.refused, cancellable,
                                    error)
         && yeji_declared_fetch_run (store, province, own.changes > 0, cancellable, error)
         && yeji_receipt_fetch_missing (store, province, cancellable, error)
         && yeji_use_sync_run (store, province, cancellable, error);
  if (report != NULL)
    *report = own;
  return done;
}

/**
 * yeji_sync_cycle:
 * @report: (out) (optional): what was done, also when it ended with an error
 *
 * Sends each submission whose turn it is, but for its files, which are put into the queue; then
 * asks which dictionary the province uses, then fetches what it decided. A record that is refused
 * does not keep the others back, nor does a dictionary that cannot be taken. Blocks; fails with an
 * error of #YejiSyncError, the store's or %G_IO_ERROR_CANCELLED, and may then be called again.
 *
 * Returns: whether the province was heard to the end
 */
gboolean
yeji_sync_cycle (YejiStore       *store,
                 YejiProvince    *province,
                 YejiSyncReport  *report,
                 GCancellable    *cancellable,
                 GError         **error)
{
  return run_cycle (store, province, get_now (), report, cancellable, error);
}

/**
 * yeji_sync_cycle_now:
 *
 * Does what yeji_sync_cycle() does, for somebody who does not want to wait: submissions that were
 * put off are sent too, but for those that wait for files.
 *
 * Returns: whether the province was heard to the end
 */
gboolean
yeji_sync_cycle_now (YejiStore       *store,
                     YejiProvince    *province,
                     YejiSyncReport  *report,
                     GCancellable    *cancellable,
                     GError         **error)
{
  return run_cycle (store, province, ANY_TIME, report, cancellable, error);
}

/* Whether a submission has just waited for files, and does not any more, or was found to be lost. */
static gboolean
has_complete (YejiStore  *store,
              gboolean   *complete,
              GError    **error)
{
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (store, error);
  gint64 now = get_now ();

  *complete = FALSE;
  for (guint i = 0; outbox != NULL && i < outbox->len; i++)
    {
      const YejiOutboxItem *item = g_ptr_array_index (outbox, i);

      *complete = *complete || ((item->enqueued || item->healed)
                                && yeji_pusher_is_due (item, now));
    }
  return outbox != NULL && (*complete || yeji_petition_has_due (store, TRUE, complete, error));
}

static void
add_report (YejiSyncReport       *report,
            const YejiSyncReport *cycle)
{
  report->submitted += cycle->submitted;
  report->refused += cycle->refused;
  report->doubted += cycle->doubted;
  report->asked += cycle->asked;
  report->changes += cycle->changes;
  if (report->dictionary == YEJI_DICTIONARY_SAME)
    report->dictionary = cycle->dictionary;
}

/* Sends what waits until nothing does, or until something keeps it here. */
static gboolean
await_files (YejiTransferQueue  *queue,
             YejiSyncReport     *report,
             YejiSyncProgress    progress,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  for (;;)
    {
      YejiTransferTotals totals;

      yeji_transfer_queue_get_totals (queue, &totals);
      report->n_waiting = totals.n_waiting;
      report->blocked = totals.blocked;
      if (progress != NULL)
        progress (&totals, data);
      if (totals.stuck)
        {
          g_propagate_error (error, yeji_transfer_queue_dup_error (queue));
          return FALSE;
        }
      if (totals.n_waiting == 0
          || (totals.blocked != YEJI_TRANSFERS_FREE && totals.blocked != YEJI_TRANSFERS_OFFLINE
              && totals.n_sending == 0))
        return TRUE;
      if (!yeji_transfer_queue_wait (queue, PROGRESS_TIME, cancellable))
        {
          g_cancellable_set_error_if_cancelled (cancellable, error);
          return FALSE;
        }
    }
}

static gboolean
run_rounds (YejiStore          *store,
            YejiProvince       *province,
            YejiTransferQueue  *queue,
            gboolean            hurried,
            YejiSyncReport     *report,
            YejiSyncProgress    progress,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  gboolean complete = TRUE;

  /* who asks wants it now, whatever an earlier try met with */
  if (!yeji_transfer_queue_reload (queue, error))
    return FALSE;
  yeji_transfer_queue_nudge (queue);
  while (complete)
    {
      YejiSyncReport cycle = { 0 };
      guint n_received = 0;
      gboolean done = run_cycle (store, province, hurried ? ANY_TIME : get_now (), &cycle,
                                 cancellable, error);

      hurried = FALSE;
      add_report (report, &cycle);
      if (!done || !yeji_transfer_queue_reload (queue, error))
        return FALSE;
      done = await_files (queue, report, progress, data, cancellable, error);
      n_received = yeji_transfer_queue_take_received (queue);
      report->files += n_received;
      if (!done)
        return FALSE;
      if (!has_complete (store, &complete, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_all (YejiStore          *store,
         YejiProvince       *province,
         YejiTransferQueue  *queue,
         gboolean            hurried,
         YejiSyncReport     *report,
         YejiSyncProgress    progress,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  gboolean done;

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);
  g_return_val_if_fail (YEJI_IS_PROVINCE (province), FALSE);

  *report = (YejiSyncReport) { 0 };
  yeji_transfer_queue_start (queue, province);
  done = run_rounds (store, province, queue, hurried, report, progress, data, cancellable, error);
  yeji_transfer_queue_stop (queue);
  return done;
}

/**
 * yeji_sync_run:
 * @queue: stopped; what it loads and sends is this profile's
 * @report: (out): what was done, also when it ended with an error
 * @progress: (nullable)
 *
 * Does what yeji_sync_cycle() does, and sends the files too, until nothing is left to do or the
 * user's own settings keep the rest here. Blocks; fails as yeji_sync_cycle() does, and when files
 * could not be sent again and again.
 *
 * Returns: whether all was done that may be done
 */
gboolean
yeji_sync_run (YejiStore          *store,
               YejiProvince       *province,
               YejiTransferQueue  *queue,
               YejiSyncReport     *report,
               YejiSyncProgress    progress,
               gpointer            data,
               GCancellable       *cancellable,
               GError            **error)
{
  return run_all (store, province, queue, FALSE, report, progress, data, cancellable, error);
}

/**
 * yeji_sync_run_now:
 *
 * Does what yeji_sync_run() does, for somebody who does not want to wait: submissions that were put
 * off are sent too.
 *
 * Returns: whether all was done that may be done
 */
gboolean
yeji_sync_run_now (YejiStore          *store,
                   YejiProvince       *province,
                   YejiTransferQueue  *queue,
                   YejiSyncReport     *report,
                   YejiSyncProgress    progress,
                   gpointer            data,
                   GCancellable       *cancellable,
                   GError            **error)
{
  return run_all (store, province, queue, TRUE, report, progress, data, cancellable, error);
}

/**
 * yeji_sync_wait:
 * @news: (out): whether another cycle has something to do
 *
 * Waits until the province has news or a submission's turn has come, 25 seconds at most. Fails as
 * yeji_sync_cycle() does.
 *
 * Returns: whether the province answered
 */
gboolean
yeji_sync_wait (YejiStore     *store,
                YejiProvince  *province,
                gboolean      *news,
                GCancellable  *cancellable,
                GError       **error)
{
  gboolean due;

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);
  g_return_val_if_fail (YEJI_IS_PROVINCE (province), FALSE);

  if (!yeji_puller_wait (store, province, news, cancellable, error)
      || !has_due (store, &due, error))
    return FALSE;
  *news = *news || due || yeji_use_sync_is_due (store);
  return TRUE;
}

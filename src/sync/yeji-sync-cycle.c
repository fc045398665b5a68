// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-sync-cycle.h"

#include "yeji-puller.h"
#include "yeji-pusher.h"

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
          YejiSyncReport  *report,
          GCancellable    *cancellable,
          GError         **error)
{
  g_autoptr (GPtrArray) outbox = yeji_store_get_outbox (store, error);

  for (guint i = 0; outbox != NULL && i < outbox->len; i++)
    {
      const YejiOutboxItem *item = g_ptr_array_index (outbox, i);

      if (yeji_pusher_is_due (item, get_now ())
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
  return outbox != NULL;
}

/**
 * yeji_sync_cycle:
 * @report: (out) (optional): what was done, also when it ended with an error
 *
 * Sends each submission whose turn it is, then asks which dictionary the province uses, then
 * fetches what it decided. A record that is refused does not keep the others back, nor does a
 * dictionary that cannot be taken. Blocks; fails with an error of #YejiSyncError, the store's or
 * %G_IO_ERROR_CANCELLED, and may then be called again.
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
  YejiSyncReport own = { 0 };
  gboolean done;

  g_return_val_if_fail (YEJI_IS_STORE (store), FALSE);
  g_return_val_if_fail (YEJI_IS_PROVINCE (province), FALSE);

  /* The dictionary comes before the records: they may be written under a version that was not known
   * here yet. */
  done = push_due (store, province, &own, cancellable, error)
         && yeji_dictionary_update_run (store, province, &own.dictionary, cancellable, error)
         && yeji_puller_pull (store, province, &own.changes, cancellable, error);
  if (report != NULL)
    *report = own;
  return done;
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
  *news = *news || due;
  return TRUE;
}

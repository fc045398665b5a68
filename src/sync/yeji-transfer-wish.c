// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-transfer-queue.h"

#define PAUSED "transfers.paused"
#define WORKERS "transfers.workers"
#define RATE "transfers.rate"
#define NETWORK "transfers.network"
#define METERED "transfers.metered"

static gint64
read_number (const char *text,
             gint64      least,
             gint64      most,
             gint64      otherwise)
{
  gint64 value;

  return text != NULL && g_ascii_string_to_signed (text, 10, least, most, &value, NULL) ? value
                                                                                        : otherwise;
}

static gboolean
read_setting (YejiStore   *store,
              const char  *name,
              char       **value,
              GError     **error)
{
  g_autoptr (GError) failure = NULL;

  *value = yeji_store_get_setting (store, name, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * yeji_transfer_wish_load:
 * @wish: (out caller-allocates): to be cleared; what was never set is as it is unless set
 *
 * Reads from the profile what the user wants. Blocks.
 */
gboolean
yeji_transfer_wish_load (YejiStore         *store,
                         YejiTransferWish  *wish,
                         GError           **error)
{
  g_autofree char *paused = NULL;
  g_autofree char *workers = NULL;
  g_autofree char *rate = NULL;
  g_autofree char *metered = NULL;
  g_autofree char *network = NULL;

  if (!read_setting (store, PAUSED, &paused, error)
      || !read_setting (store, WORKERS, &workers, error)
      || !read_setting (store, RATE, &rate, error)
      || !read_setting (store, METERED, &metered, error)
      || !read_setting (store, NETWORK, &network, error))
    return FALSE;
  *wish = (YejiTransferWish) {
    .paused = read_number (paused, 0, 1, 0) != 0,
    .workers = (guint) read_number (workers, YEJI_TRANSFERS_LEAST_WORKERS,
                                    YEJI_TRANSFERS_MOST_WORKERS, YEJI_TRANSFERS_USUAL_WORKERS),
    .rate = read_number (rate, 0, G_MAXINT64, 0),
    .metered = read_number (metered, 0, 1, 1) != 0,
    .network = network != NULL && *network != '\0' ? g_steal_pointer (&network) : NULL,
  };
  return TRUE;
}

/**
 * yeji_transfer_wish_keep:
 *
 * Keeps in the profile what the user wants. Blocks.
 */
gboolean
yeji_transfer_wish_keep (YejiStore               *store,
                         const YejiTransferWish  *wish,
                         GError                 **error)
{
  g_autofree char *workers = g_strdup_printf ("%u", wish->workers);
  g_autofree char *rate = g_strdup_printf ("%" G_GINT64_FORMAT, wish->rate);

  return yeji_store_set_setting (store, PAUSED, wish->paused ? "1" : "0", error)
         && yeji_store_set_setting (store, WORKERS, workers, error)
         && yeji_store_set_setting (store, RATE, rate, error)
         && yeji_store_set_setting (store, METERED, wish->metered ? "1" : "0", error)
         && yeji_store_set_setting (store, NETWORK, wish->network, error);
}

/**
 * yeji_transfer_wish_clear:
 *
 * Frees what a wish holds.
 */
void
yeji_transfer_wish_clear (YejiTransferWish *self)
{
  g_clear_pointer (&self->network, g_free);
}

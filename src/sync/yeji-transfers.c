// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-sync"

#include "config.h"

#include "yeji-transfers.h"

#include "yeji-account.h"
#include "yeji-network.h"
#include "yeji-transfer-work.h"

/* Nobody reads faster, and every change is drawn. */
#define TELL_TIME (250 * 1000)

struct _YejiTransfers
{
  GObject parent_instance;

  YejiStore *store;
  YejiTransferQueue *queue;
  YejiWorker *worker;          /* NULL: closed */
  GMainContext *context;
  GNetworkMonitor *monitor;
  GListStore *list;
  GHashTable *by_id;           /* (element-type gint64 YejiTransfer), of the list's */
  guint64 since;
  guint64 order;
  YejiTransferWish wish;       /* the one that was notified last */
  YejiTransferTotals totals;
  gint64 told;                 /* monotonic */

  GMutex mutex;                /* guards what follows */
  GSource *pending;            /* (nullable): will take over what is new */
  gboolean settled;            /* nothing waits any more of some record */
};

enum
{
  PROP_PAUSED = 1,
  PROP_WORKERS,
  PROP_RATE_LIMIT,
  PROP_NETWORK,
  PROP_METERED,
  PROP_N_WAITING,
  PROP_N_FAILED,
  PROP_BYTES_TOTAL,
  PROP_BYTES_SENT,
  PROP_SPEED,
  PROP_SECONDS_LEFT,
  PROP_BLOCKED,
  N_PROPS
};

enum
{
  EMPTIED,
  SETTLED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return YEJI_TYPE_TRANSFER;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (YEJI_TRANSFERS (model)->list));
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (YEJI_TRANSFERS (model)->list), position);
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (YejiTransfers, yeji_transfers, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
do_later (YejiTransfers    *self,
          YejiTransferWork  work,
          gint64            id,
          guint             position)
{
  if (self->worker != NULL)
    yeji_transfer_work_push (self->worker, self->queue, work, id, position);
}

static void
apply_wish (YejiTransfers          *self,
            const YejiTransferWish *wish,
            guint                   property)
{
  yeji_transfer_queue_set_wish (self->queue, wish);
  do_later (self, YEJI_TRANSFER_WORK_KEEP, 0, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static gboolean
is_order_kept (YejiTransfers *self,
               GPtrArray     *rows)
{
  GListModel *list = G_LIST_MODEL (self->list);

  if (g_list_model_get_n_items (list) != rows->len)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (YejiTransfer) transfer = g_list_model_get_item (list, i);

      if (yeji_transfer_get_id (transfer) != ((YejiTransferRow *) g_ptr_array_index (rows, i))->id)
        return FALSE;
    }
  return TRUE;
}

static YejiTransfer *
make_transfer (const YejiTransferRow *row)
{
  return yeji_transfer_new (row->id, row->record, row->record_name, row->slot, row->filename,
                            row->size);
}

/* One change of the list for whatever is new: who shows it keeps the rows that stay. */
static void
take_order (YejiTransfers *self,
            GPtrArray     *rows)
{
  g_autoptr (GPtrArray) transfers = NULL;
  g_autoptr (GHashTable) before = NULL;

  if (is_order_kept (self, rows))
    return;
  transfers = g_ptr_array_new_with_free_func (g_object_unref);
  before = g_steal_pointer (&self->by_id);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    {
      const YejiTransferRow *row = g_ptr_array_index (rows, i);
      YejiTransfer *transfer = g_hash_table_lookup (before, &row->id);

      transfer = transfer != NULL ? g_object_ref (transfer) : make_transfer (row);
      g_ptr_array_add (transfers, transfer);
      g_hash_table_insert (self->by_id, g_memdup2 (&row->id, sizeof row->id),
                           g_object_ref (transfer));
    }
  g_list_store_splice (self->list, 0, g_list_model_get_n_items (G_LIST_MODEL (self->list)),
                       transfers->pdata, transfers->len);
}

static void
take_news (YejiTransfers *self)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GArray) news = yeji_transfer_queue_get_news (self->queue, &self->since, &self->order,
                                                          &rows);

  if (rows != NULL)
    take_order (self, rows);
  for (guint i = 0; i < news->len; i++)
    {
      const YejiTransferNews *item = &g_array_index (news, YejiTransferNews, i);
      YejiTransfer *transfer = g_hash_table_lookup (self->by_id, &item->id);

      if (transfer != NULL)
        yeji_transfer_update (transfer, item->state, item->sent, item->message, item->rate);
    }
}

static void
notify_changes (YejiTransfers            *self,
                const YejiTransferWish   *wish,
                const YejiTransferTotals *totals)
{
  const struct
  {
    guint property;
    gboolean changed;
  } changes[] = {
    { PROP_PAUSED, wish->paused != self->wish.paused },
    { PROP_WORKERS, wish->workers != self->wish.workers },
    { PROP_RATE_LIMIT, wish->rate != self->wish.rate },
    { PROP_NETWORK, g_strcmp0 (wish->network, self->wish.network) != 0 },
    { PROP_METERED, wish->metered != self->wish.metered },
    { PROP_N_WAITING, totals->n_waiting != self->totals.n_waiting },
    { PROP_N_FAILED, totals->n_failed != self->totals.n_failed },
    { PROP_BYTES_TOTAL, totals->bytes_total != self->totals.bytes_total },
    { PROP_BYTES_SENT, totals->bytes_sent != self->totals.bytes_sent },
    { PROP_SPEED, (gint64) totals->speed != (gint64) self->totals.speed },
    { PROP_SECONDS_LEFT, totals->seconds_left != self->totals.seconds_left },
    { PROP_BLOCKED, totals->blocked != self->totals.blocked },
  };

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    if (changes[i].changed)
      g_object_notify_by_pspec (G_OBJECT (self), properties[changes[i].property]);
  yeji_transfer_wish_clear (&self->wish);
  self->wish = *wish;
  self->wish.network = g_strdup (wish->network);
  self->totals = *totals;
  g_object_thaw_notify (G_OBJECT (self));
}

static void
schedule (YejiTransfers *self);

static gboolean
on_news (gpointer data)
{
  g_autoptr (YejiTransfers) self = g_object_ref (data);
  g_auto (YejiTransferWish) wish = { 0 };
  gboolean settled, emptied;
  YejiTransferTotals totals;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->pending, g_source_unref);
  settled = self->settled;
  self->settled = FALSE;
  g_mutex_unlock (&self->mutex);

  self->told = g_get_monotonic_time ();
  yeji_transfer_queue_get_wish (self->queue, &wish);
  yeji_transfer_queue_get_totals (self->queue, &totals);
  emptied = settled && totals.n_waiting == 0;
  take_news (self);
  notify_changes (self, &wish, &totals);
  if (totals.n_sending > 0)
    schedule (self);
  if (settled)
    g_signal_emit (self, signals[SETTLED], 0);
  if (emptied)
    g_signal_emit (self, signals[EMPTIED], 0);
  return G_SOURCE_REMOVE;
}

/* From any thread. */
static void
schedule (YejiTransfers *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->pending != NULL || self->context == NULL)
    return;
  self->pending = g_timeout_source_new (0);
  g_source_set_ready_time (self->pending, self->told + TELL_TIME);
  g_source_set_callback (self->pending, on_news, self, NULL);
  g_source_attach (self->pending, self->context);
}

static void
on_queue (YejiTransferQueue *queue,
          gboolean           settled,
          gpointer           data)
{
  YejiTransfers *self = data;

  g_mutex_lock (&self->mutex);
  self->settled = self->settled || settled;
  g_mutex_unlock (&self->mutex);
  schedule (self);
}

static void
on_network_changed (GNetworkMonitor *monitor,
                    gboolean         available,
                    YejiTransfers   *self)
{
  yeji_transfer_queue_nudge (self->queue);
}

static void
yeji_transfers_get_property (GObject    *object,
                             guint       property,
                             GValue     *value,
                             GParamSpec *pspec)
{
  YejiTransfers *self = YEJI_TRANSFERS (object);

  switch (property)
    {
    case PROP_PAUSED:
      g_value_set_boolean (value, yeji_transfers_get_paused (self));
      break;
    case PROP_WORKERS:
      g_value_set_uint (value, yeji_transfers_get_workers (self));
      break;
    case PROP_RATE_LIMIT:
      g_value_set_int64 (value, yeji_transfers_get_rate_limit (self));
      break;
    case PROP_NETWORK:
      g_value_set_string (value, self->wish.network);
      break;
    case PROP_METERED:
      g_value_set_boolean (value, yeji_transfers_get_metered (self));
      break;
    case PROP_N_WAITING:
      g_value_set_uint (value, yeji_transfers_get_n_waiting (self));
      break;
    case PROP_N_FAILED:
      g_value_set_uint (value, yeji_transfers_get_n_failed (self));
      break;
    case PROP_BYTES_TOTAL:
      g_value_set_int64 (value, yeji_transfers_get_bytes_total (self));
      break;
    case PROP_BYTES_SENT:
      g_value_set_int64 (value, yeji_transfers_get_bytes_sent (self));
      break;
    case PROP_SPEED:
      g_value_set_double (value, yeji_transfers_get_speed (self));
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_int (value, yeji_transfers_get_seconds_left (self));
      break;
    case PROP_BLOCKED:
      g_value_set_int (value, yeji_transfers_get_blocked (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
yeji_transfers_set_property (GObject      *object,
                             guint         property,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  YejiTransfers *self = YEJI_TRANSFERS (object);

  switch (property)
    {
    case PROP_PAUSED:
      yeji_transfers_set_paused (self, g_value_get_boolean (value));
      break;
    case PROP_WORKERS:
      yeji_transfers_set_workers (self, g_value_get_uint (value));
      break;
    case PROP_RATE_LIMIT:
      yeji_transfers_set_rate_limit (self, g_value_get_int64 (value));
      break;
    case PROP_NETWORK:
      yeji_transfers_set_network (self, g_value_get_string (value));
      break;
    case PROP_METERED:
      yeji_transfers_set_metered (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
yeji_transfers_finalize (GObject *object)
{
  YejiTransfers *self = YEJI_TRANSFERS (object);

  g_assert (self->worker == NULL);
  g_clear_pointer (&self->queue, yeji_transfer_queue_free);
  if (self->pending != NULL)
    g_source_destroy (self->pending);
  g_clear_pointer (&self->pending, g_source_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_object (&self->list);
  g_clear_object (&self->store);
  yeji_transfer_wish_clear (&self->wish);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (yeji_transfers_parent_class)->finalize (object);
}

static void
yeji_transfers_class_init (YejiTransfersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags reads = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags writes = reads | G_PARAM_WRITABLE | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = yeji_transfers_get_property;
  object_class->set_property = yeji_transfers_set_property;
  object_class->finalize = yeji_transfers_finalize;

  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, writes);
  properties[PROP_WORKERS] = g_param_spec_uint ("workers", NULL, NULL, 2, 4, 3, writes);
  properties[PROP_RATE_LIMIT] = g_param_spec_int64 ("rate-limit", NULL, NULL, 0, G_MAXINT64, 0,
                                                    writes);
  properties[PROP_NETWORK] = g_param_spec_string ("network", NULL, NULL, NULL, writes);
  properties[PROP_METERED] = g_param_spec_boolean ("metered", NULL, NULL, FALSE, writes);
  properties[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, reads);
  properties[PROP_N_FAILED] = g_param_spec_uint ("n-failed", NULL, NULL, 0, G_MAXUINT, 0, reads);
  properties[PROP_BYTES_TOTAL] = g_param_spec_int64 ("bytes-total", NULL, NULL, 0, G_MAXINT64, 0,
                                                     reads);
  properties[PROP_BYTES_SENT] = g_param_spec_int64 ("bytes-sent", NULL, NULL, 0, G_MAXINT64, 0,
                                                    reads);
  properties[PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL, 0, G_MAXDOUBLE, 0, reads);
  properties[PROP_SECONDS_LEFT] = g_param_spec_int ("seconds-left", NULL, NULL, -1, G_MAXINT, -1,
                                                    reads);
  properties[PROP_BLOCKED] = g_param_spec_int ("blocked", NULL, NULL, YEJI_TRANSFERS_FREE,
                                               YEJI_TRANSFERS_METERED, YEJI_TRANSFERS_FREE, reads);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[EMPTIED] = g_signal_new ("emptied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[SETTLED] = g_signal_new ("settled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
yeji_transfers_init (YejiTransfers *self)
{
  self->list = g_list_store_new (YEJI_TYPE_TRANSFER);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->context = g_main_context_ref_thread_default ();
  self->totals.seconds_left = -1;
  g_mutex_init (&self->mutex);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (g_list_model_items_changed),
                           self, G_CONNECT_SWAPPED);
}

/**
 * yeji_transfers_new:
 *
 * Returns: (transfer full): the transfers of a profile, closed: nothing is in the list
 */
YejiTransfers *
yeji_transfers_new (YejiStore *store)
{
  YejiTransfers *self;

  g_return_val_if_fail (YEJI_IS_STORE (store), NULL);

  self = g_object_new (YEJI_TYPE_TRANSFERS, NULL);
  self->store = g_object_ref (store);
  self->queue = yeji_transfer_queue_new (store);
  yeji_transfer_queue_get_wish (self->queue, &self->wish);
  yeji_transfer_queue_get_totals (self->queue, &self->totals);
  yeji_transfer_queue_set_func (self->queue, on_queue, self);
  return self;
}

/**
 * yeji_transfers_open:
 *
 * Lists what waits. It is sent when the queue is started with a province.
 */
void
yeji_transfers_open (YejiTransfers *self)
{
  g_return_if_fail (YEJI_IS_TRANSFERS (self));

  if (self->worker != NULL)
    return;
  self->worker = yeji_worker_new ("yeji-transfers");
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect (self->monitor, "network-changed", G_CALLBACK (on_network_changed), self);
  do_later (self, YEJI_TRANSFER_WORK_LOAD, 0, 0);
}

/**
 * yeji_transfers_close:
 *
 * Ends what is under way, and waits until it has ended, which is soon. After it the store may be
 * closed. A second call does nothing.
 */
void
yeji_transfers_close (YejiTransfers *self)
{
  g_return_if_fail (YEJI_IS_TRANSFERS (self));

  if (self->worker == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  yeji_transfer_queue_stop (self->queue);
  yeji_worker_close (self->worker);
  g_clear_object (&self->worker);
}

/**
 * yeji_transfers_get_queue: (skip)
 *
 * Returns: (transfer none): the queue that is shown
 */
YejiTransferQueue *
yeji_transfers_get_queue (YejiTransfers *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFERS (self), NULL);

  return self->queue;
}

/**
 * yeji_transfers_get_paused:
 *
 * Returns: whether the user has paused them
 */
gboolean
yeji_transfers_get_paused (YejiTransfers *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFERS (self), FALSE);

  return self->wish.paused;
}

/**
 * yeji_transfers_set_paused:
 *
 * Pauses them all, at once, or goes on.
 */
void
yeji_transfers_set_paused (YejiTransfers *self,
                           gboolean       paused)
{
  g_return_if_fail (YEJI_IS_TRANSFERS (self));

  if (self->wish.paused == paused)
    return;
  self->wish.paused = paused;
  apply_wish (self, &self->wish, PROP_PAUSED);
}

/**
 * yeji_transfers_get_workers:
 *
 * Returns: how many files are sent at once at most
 */
guint
yeji_transfers_get_workers (YejiTransfers *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFERS (self), 0);

  return self->wish.workers;
}

/**
 * yeji_transfers_set_workers:
 * @workers: 2 to 4
 *
 * Sets how many files are sent at once.
 */
void
yeji_transfers_set_workers (YejiTransfers *self,
                            guint          workers)
{
  g_return_if_fail (YEJI_IS_TRANSFERS (self));

  workers = CLAMP (workers, YEJI_TRANSFERS_LEAST_WORKERS, YEJI_TRANSFERS_MOST_WORKERS);
  if (self->wish.workers == workers)
    return;
  self->wish.workers = workers;
  apply_wish (self, &self->wish, PROP_WORKERS);
}

/**
 * yeji_transfers_get_rate_limit:
 *
 * Returns: bytes a second, 0 for no limit
 */
gint64
yeji_transfers_get_rate_limit (YejiTransfers *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFERS (self), 0);

  return self->wish.rate;
}

/**
 * yeji_transfers_set_rate_limit:
 * @rate_limit: bytes a second of all together, 0 for no limit
 *
 * Limits how much of the line they take, at once.
 */
void
yeji_transfers_set_rate_limit (YejiTransfers *self,
                               gint64         rate_limit)
{
  g_return_if_fail (YEJI_IS_TRANSFERS (self));

  if (self->wish.rate == rate_limit)
    return;
  self->wish.rate = MAX (rate_limit, 0);
  apply_wish (self, &self->wish, PROP_RATE_LIMIT);
}

/**
 * yeji_transfers_get_network:
 *
 * Returns: (nullable): the only network that they go over
 */
const char *
yeji_transfers_get_network (YejiTransfers *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFERS (self), NULL);

  return self->wish.network;
}

/**
 * yeji_transfers_set_network:
 * @network: (nullable): as yeji_transfers_dup_present_network() named it; %NULL: any
 *
 * Restricts them to one network.
 */
void
yeji_transfers_set_network (YejiTransfers *self,
                            const char    *network)
{
  char *before;

  g_return_if_fail (YEJI_IS_TRANSFERS (self));

  if (g_strcmp0 (self->wish.network, network) == 0)
    return;
  before = self->wish.network;
  self->wish.network = g_strdup (network);
  g_free (before);
  apply_wish (self, &self->wish, PROP_NETWORK);
}

static void
find_network (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (YejiAccount) account = yeji_account_load (data, &error);
  char *network = account != NULL ? yeji_network_find (account->url, cancellable, &error) : NULL;

  if (network != NULL)
    g_task_return_pointer (task, network, g_free);
  else
    g_task_return_error (task, error);
}

/**
 * yeji_transfers_find_network_async:
 *
 * Tells which network the province is reached by now, for yeji_transfers_set_network().
 */
void
yeji_transfers_find_network_async (YejiTransfers       *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_return_if_fail (YEJI_IS_TRANSFERS (self));
  g_return_if_fail (self->worker != NULL);

  g_task_set_source_tag (task, yeji_transfers_find_network_async);
  g_task_set_task_data (task, g_object_ref (self->store), g_object_unref);
  yeji_worker_push (self->worker, task, find_network);
}

/**
 * yeji_transfers_find_network_finish:
 *
 * Ends yeji_transfers_find_network_async(). Fails as yeji_account_load() and yeji_network_find()
 * do.
 *
 * Returns: (transfer full) (nullable): the network's name
 */
char *
yeji_transfers_find_network_finish (YejiTransfers  *self,
                                    GAsyncResult   *result,
                                    GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * yeji_transfers_get_metered:
 *
 * Returns: whether they go over lines that are paid by volume
 */
gboolean
yeji_transfers_get_metered (YejiTransfers *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFERS (self), FALSE);

  return self->wish.metered;
}

/**
 * yeji_transfers_set_metered:
 *
 * Sets whether they go over lines that are paid by volume.
 */
void
yeji_transfers_set_metered (YejiTransfers *self,
                            gboolean       metered)
{
  g_return_if_fail (YEJI_IS_TRANSFERS (self));

  if (self->wish.metered == metered)
    return;
  self->wish.metered = metered;
  apply_wish (self, &self->wish, PROP_METERED);
}

/**
 * yeji_transfers_get_n_waiting:
 *
 * Returns: how many are to be sent, those under way among them
 */
guint
yeji_transfers_get_n_waiting (YejiTransfers *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFERS (self), 0);

  return self->totals.n_waiting;
}

/**
 * yeji_transfers_get_n_failed:
 *
 * Returns: how many cannot be sent as they are
 */
guint
yeji_transfers_get_n_failed (YejiTransfers *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFERS (self), 0);

  return self->totals.n_failed;
}

/**
 * yeji_transfers_get_bytes_total:
 *
 * Returns: the size of all that was to be sent since the queue was empty
 */
gint64
yeji_transfers_get_bytes_total (YejiTransfers *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFERS (self), 0);

  return self->totals.bytes_total;
}

/**
 * yeji_transfers_get_bytes_sent:
 *
 * Returns: how much of it has left
 */
gint64
yeji_transfers_get_bytes_sent (YejiTransfers *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFERS (self), 0);

  return self->totals.bytes_sent;
}

/**
 * yeji_transfers_get_speed:
 *
 * Returns: bytes a second
 */
double
yeji_transfers_get_speed (YejiTransfers *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFERS (self), 0);

  return self->totals.speed;
}

/**
 * yeji_transfers_get_seconds_left:
 *
 * Returns: how long the rest will take, -1 while nothing can be said
 */
int
yeji_transfers_get_seconds_left (YejiTransfers *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFERS (self), -1);

  return self->totals.seconds_left;
}

/**
 * yeji_transfers_get_blocked:
 *
 * Returns: why nothing is sent just now
 */
YejiTransfersBlock
yeji_transfers_get_blocked (YejiTransfers *self)
{
  g_return_val_if_fail (YEJI_IS_TRANSFERS (self), YEJI_TRANSFERS_FREE);

  return self->totals.blocked;
}

/**
 * yeji_transfers_cancel:
 *
 * Does not send one of them. A submission that waits for it is told so.
 */
void
yeji_transfers_cancel (YejiTransfers *self,
                       gint64         id)
{
  g_return_if_fail (YEJI_IS_TRANSFERS (self));

  do_later (self, YEJI_TRANSFER_WORK_CANCEL, id, 0);
}

/**
 * yeji_transfers_retry:
 *
 * Sends one that failed or was cancelled after all, or one that waits for its next try now.
 */
void
yeji_transfers_retry (YejiTransfers *self,
                      gint64         id)
{
  g_return_if_fail (YEJI_IS_TRANSFERS (self));

  do_later (self, YEJI_TRANSFER_WORK_RETRY, id, 0);
}

/**
 * yeji_transfers_move_to:
 * @position: among those that wait, from 0
 *
 * Changes the order.
 */
void
yeji_transfers_move_to (YejiTransfers *self,
                        gint64         id,
                        guint          position)
{
  g_return_if_fail (YEJI_IS_TRANSFERS (self));

  do_later (self, YEJI_TRANSFER_WORK_MOVE, id, position);
}

/**
 * yeji_transfers_move_first:
 *
 * Sends one before all others.
 */
void
yeji_transfers_move_first (YejiTransfers *self,
                           gint64         id)
{
  yeji_transfers_move_to (self, id, 0);
}

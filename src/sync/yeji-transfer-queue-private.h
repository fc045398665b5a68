// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-estimate.h"
#include "yeji-transfer-queue.h"
#include "yeji-uploader.h"

G_BEGIN_DECLS

/* What the queue and its workers share. */

typedef char *(*YejiNetworkFunc) (const char    *url,
                                  GCancellable  *cancellable,
                                  GError       **error);

/* One file; guarded by the queue's mutex. */
typedef struct
{
  YejiTransferRow *row;
  guint64 version;             /* the queue's, when it was changed last */
  GCancellable *cancellable;   /* of the worker that sends it; NULL: none does */
  gint64 due;                  /* monotonic microseconds; 0: at once */
  guint tries;                 /* that failed since somebody asked for it, in a row */
  gint64 sent;                 /* what was acknowledged, and what left since */
  gint64 began;
  gint64 began_at;             /* `sent` when it began */
  gboolean alone;              /* it is not to go along with others any more */
  gboolean unsure;             /* the province may have it: an answer got lost */
} YejiTransferItem;

/* One file in the hands of a worker. */
typedef struct
{
  YejiTransferQueue *queue;
  YejiTransferItem *item;
  YejiTransferRow *row;        /* the worker's own copy */
  gboolean noted;              /* the store knows that it was received */
  gsize untold;
  gint64 told;
  gint64 kept;
} YejiTransferTurn;

struct _YejiTransferQueue
{
  YejiStore *store;
  YejiRate *rate;
  YejiTransferQueueFunc func;
  gpointer func_data;
  YejiNetworkFunc find_network;
  guint pause;                 /* milliseconds: the first after a failure */
  guint patience;              /* tries until a file is given up for this time; 0: never */
  GThread *threads[YEJI_TRANSFERS_MOST_WORKERS];   /* NULL: stopped */

  GMutex mutex;                /* guards what follows */
  GCond changed;
  GPtrArray *items;            /* in their order */
  YejiTransferWish wish;
  gboolean wished;             /* by the user, since the queue was made */
  YejiProvince *province;      /* NULL: nobody is signed in */
  YejiUploader *uploader;
  YejiEstimate *estimate;
  gboolean stopping;
  guint64 version;
  guint64 order;               /* the version when an item came, went or moved */
  gboolean loaded;             /* what was there at the start is known */
  gboolean asking;             /* a worker asks whether many files may go in one request */
  guint n_together;            /* how many files went in the last request of many; 0: none did */
  guint n_sending;
  gint64 idle_since;           /* monotonic, while none is under way */
  guint n_received;            /* that nobody has asked for yet */
  guint streak;                /* failures to reach the province in a row */
  gint64 offline_until;        /* monotonic */
  gint64 network_checked;      /* monotonic; 0: never, or it has changed */
  gboolean network_checking;
  YejiTransfersBlock network_block;
  GError *error;               /* (nullable): the last one */
};

/* With the mutex. */
void               yeji_transfer_queue_touch    (YejiTransferQueue  *self,
                                                 YejiTransferItem   *item);
void               yeji_transfer_queue_reorder  (YejiTransferQueue  *self);
gboolean           yeji_transfer_item_is_open   (const YejiTransferItem *item);
void               yeji_transfer_item_unref     (gpointer            item);
gboolean           yeji_transfer_queue_has_open (YejiTransferQueue  *self,
                                                 const char         *record);

/* Without it. */
void               yeji_transfer_queue_tell     (YejiTransferQueue  *self,
                                                 gboolean            settled);

/* yeji-transfer-worker.c */
gboolean           yeji_transfer_queue_is_given_up (YejiTransferQueue *self,
                                                 const YejiTransferItem *item);
YejiTransfersBlock yeji_transfer_queue_get_block (YejiTransferQueue *self,
                                                 gint64              now);
gboolean           yeji_transfer_queue_is_due   (YejiTransferQueue  *self,
                                                 const YejiTransferItem *item,
                                                 gint64              now);
void               yeji_transfer_turn_begin     (YejiTransferTurn   *turn,
                                                 YejiTransferQueue  *queue,
                                                 YejiTransferItem   *item,
                                                 GCancellable       *cancellable);
YejiUploadWatch    yeji_transfer_turn_watch     (YejiTransferTurn   *turn);
void               yeji_transfer_turn_finish    (YejiTransferTurn   *turn,
                                                 GError             *failure);
void               yeji_transfer_turn_put_back  (YejiTransferTurn   *turn);
GThread           *yeji_transfer_worker_new     (YejiTransferQueue  *self,
                                                 guint               number);

/* yeji-transfer-batch.c, with the mutex */
gboolean           yeji_transfer_batch_may_go   (const YejiTransferItem *item);
void               yeji_transfer_batch_send     (YejiTransferQueue  *self,
                                                 YejiTransferItem   *first);

/* For tests. */
void               yeji_transfer_queue_set_network_func (YejiTransferQueue *self,
                                                 YejiNetworkFunc    func);

G_END_DECLS

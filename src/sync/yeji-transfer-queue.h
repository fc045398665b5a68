// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-province.h"
#include "yeji-transfer-store.h"

G_BEGIN_DECLS

/**
 * YejiTransfersBlock:
 * @YEJI_TRANSFERS_FREE: nothing keeps the files here
 * @YEJI_TRANSFERS_PAUSED: the user has paused them
 * @YEJI_TRANSFERS_OFFLINE: the province cannot be reached, or nobody is signed in; tried again by
 *     itself
 * @YEJI_TRANSFERS_OTHER_NETWORK: this is not the network that the user restricted them to
 * @YEJI_TRANSFERS_METERED: this line is paid by volume, and the user did not allow that
 *
 * Why nothing is sent just now.
 */
typedef enum
{
  YEJI_TRANSFERS_FREE,
  YEJI_TRANSFERS_PAUSED,
  YEJI_TRANSFERS_OFFLINE,
  YEJI_TRANSFERS_OTHER_NETWORK,
  YEJI_TRANSFERS_METERED,
} YejiTransfersBlock;

#define YEJI_TRANSFERS_LEAST_WORKERS 2
#define YEJI_TRANSFERS_MOST_WORKERS 4
#define YEJI_TRANSFERS_USUAL_WORKERS 3

/* What the user wants, as the profile keeps it. */
typedef struct
{
  gboolean paused;
  guint workers;
  gint64 rate;                 /* bytes a second, 0: no limit */
  char *network;               /* (nullable): the only one that files may go over */
  gboolean metered;            /* whether they may go over lines that are paid by volume */
} YejiTransferWish;

/* How all of it stands. */
typedef struct
{
  guint n_waiting;             /* those under way among them */
  guint n_sending;
  guint n_received;            /* since the queue was empty */
  guint n_failed;
  gint64 bytes_total;          /* of all that neither failed nor was cancelled */
  gint64 bytes_sent;
  double speed;                /* bytes a second */
  int seconds_left;            /* -1: not known */
  YejiTransfersBlock blocked;
  gboolean stuck;              /* everything that waits has failed again and again */
} YejiTransferTotals;

/* How one of them stands. */
typedef struct
{
  gint64 id;
  YejiTransferState state;
  gint64 sent;
  char *message;               /* (nullable) */
  double rate;
} YejiTransferNews;

/* The threads that send files, and what they send. Thread-safe; whoever has the main loop must not
 * call what is said to block. */
typedef struct _YejiTransferQueue YejiTransferQueue;

/* Called in a thread of the queue. @settled: nothing waits any more of some record. */
typedef void (*YejiTransferQueueFunc) (YejiTransferQueue *queue,
                                       gboolean           settled,
                                       gpointer           data);

YejiTransferQueue *yeji_transfer_queue_new       (YejiStore             *store);
void               yeji_transfer_queue_free      (YejiTransferQueue     *self);
void               yeji_transfer_queue_set_func  (YejiTransferQueue     *self,
                                                  YejiTransferQueueFunc  func,
                                                  gpointer               data);
void               yeji_transfer_queue_set_patience (YejiTransferQueue  *self,
                                                  guint                  pause,
                                                  guint                  tries);
void               yeji_transfer_queue_start     (YejiTransferQueue     *self,
                                                  YejiProvince          *province);
void               yeji_transfer_queue_stop      (YejiTransferQueue     *self);
void               yeji_transfer_queue_get_wish  (YejiTransferQueue     *self,
                                                  YejiTransferWish      *wish);
void               yeji_transfer_queue_set_wish  (YejiTransferQueue     *self,
                                                  const YejiTransferWish *wish);
gboolean           yeji_transfer_queue_keep_wish (YejiTransferQueue     *self,
                                                  GError               **error);
gboolean           yeji_transfer_queue_load_wish (YejiTransferQueue     *self,
                                                  GError               **error);
gboolean           yeji_transfer_queue_reload    (YejiTransferQueue     *self,
                                                  GError               **error);
void               yeji_transfer_queue_nudge     (YejiTransferQueue     *self);
gboolean           yeji_transfer_queue_cancel    (YejiTransferQueue     *self,
                                                  gint64                 id,
                                                  GError               **error);
gboolean           yeji_transfer_queue_retry     (YejiTransferQueue     *self,
                                                  gint64                 id,
                                                  GError               **error);
gboolean           yeji_transfer_queue_move      (YejiTransferQueue     *self,
                                                  gint64                 id,
                                                  guint                  position,
                                                  GError               **error);
void               yeji_transfer_queue_get_totals (YejiTransferQueue    *self,
                                                  YejiTransferTotals    *totals);
GArray            *yeji_transfer_queue_get_news  (YejiTransferQueue     *self,
                                                  guint64               *since,
                                                  guint64               *order,
                                                  GPtrArray            **rows);
guint              yeji_transfer_queue_take_received (YejiTransferQueue *self);
gboolean           yeji_transfer_queue_wait      (YejiTransferQueue     *self,
                                                  guint                  milliseconds,
                                                  GCancellable          *cancellable);
GError            *yeji_transfer_queue_dup_error (YejiTransferQueue     *self);

gboolean           yeji_transfer_wish_load       (YejiStore             *store,
                                                  YejiTransferWish      *wish,
                                                  GError               **error);
gboolean           yeji_transfer_wish_keep       (YejiStore             *store,
                                                  const YejiTransferWish *wish,
                                                  GError               **error);
void               yeji_transfer_wish_clear      (YejiTransferWish      *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiTransferWish, yeji_transfer_wish_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiTransferQueue, yeji_transfer_queue_free)

G_END_DECLS

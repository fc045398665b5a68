// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sync-outcome.h"

G_BEGIN_DECLS

/* A submission that is still here, and why. */
typedef struct
{
  char *uuid;
  char *name;                  /* as the clerk knows the record; maybe "" */
  char *queued;                /* RFC 3339 */
  char *message;               /* (nullable): why the last try of this one failed */
  gint64 next;                 /* its own next try, Unix seconds; 0: with the next cycle */
  guint attempts;
  guint n_files;               /* its documents that are to be sent before it */
} YejiSyncWaitingItem;

/* What is still to be sent. */
typedef struct
{
  GPtrArray *items;            /* (element-type YejiSyncWaitingItem) */
  guint n_files;               /* of all records */
  guint n_failed;              /* files that were given up */
} YejiSyncWaiting;

YejiSyncWaiting *yeji_sync_waiting_load (YejiStore       *store,
                                         GError         **error);
void             yeji_sync_waiting_free (YejiSyncWaiting *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSyncWaiting, yeji_sync_waiting_free)

/**
 * YejiSyncTeller:
 * @YEJI_SYNC_TELLER_ENGINE: the engine works, and tries again by itself
 * @YEJI_SYNC_TELLER_VISITOR: nothing is tried until somebody asks, as on the command line
 *
 * Who tells of an outcome.
 */
typedef enum
{
  YEJI_SYNC_TELLER_ENGINE,
  YEJI_SYNC_TELLER_VISITOR,
} YejiSyncTeller;

/* The same sentences for the window and the command line. */
char *yeji_sync_words         (const YejiSyncOutcome     *outcome,
                               const YejiSyncWaiting     *waiting,
                               YejiSyncTeller             teller);
char *yeji_sync_words_title   (const YejiSyncOutcome     *outcome);
char *yeji_sync_words_cause   (YejiSyncCause              cause,
                               const char                *detail);
char *yeji_sync_words_error   (const GError              *error);
char *yeji_sync_words_waiting (const YejiSyncWaiting     *waiting);
char *yeji_sync_words_item    (const YejiSyncWaitingItem *item);
char *yeji_sync_words_moment  (const char                *moment);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-province.h"
#include "yeji-sync-outcome.h"
#include "yeji-transfer-queue.h"

G_BEGIN_DECLS

/* What runs on the engine's thread, one at a time; of yeji-sync-engine.c alone. */
typedef enum
{
  YEJI_SYNC_JOB_OPEN,
  YEJI_SYNC_JOB_CYCLE,
  YEJI_SYNC_JOB_WAIT,
  YEJI_SYNC_JOB_SIGN_IN,
  YEJI_SYNC_JOB_SIGN_OUT,
  N_YEJI_SYNC_JOBS
} YejiSyncJobKind;

typedef struct
{
  YejiSyncJobKind kind;
  YejiStore *store;
  YejiTransferQueue *queue;    /* not owned: outlives the worker */
  YejiProvince *province;      /* (nullable): no account, as far as is known */
  GCancellable *cancellable;
  gint64 began;                /* monotonic */
  gboolean news;               /* there are some */
  gboolean hurried;            /* what was put off is tried too */
  YejiSyncOutcome *outcome;    /* before it, then after it */
  guint failures;              /* before it, in a row */
  gint64 saved_at;             /* the outcome, monotonic; 0: not yet */
  guint pause;                 /* milliseconds until the next try, if one is due */

  GTask *caller;               /* (nullable): who waits for the sign-in */
  GCancellable *outer;         /* (nullable): the caller's */
  gulong outer_id;
  char *url;
  char *user;
  char *password;
} YejiSyncJob;

YejiSyncJob *yeji_sync_job_new  (YejiSyncJobKind     kind,
                                 YejiStore          *store,
                                 YejiTransferQueue  *queue);
void         yeji_sync_job_free (YejiSyncJob        *self);
gboolean     yeji_sync_job_run  (YejiSyncJob        *self,
                                 GError            **error);

G_END_DECLS

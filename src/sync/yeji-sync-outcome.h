// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"
#include "yeji-sync-error.h"
#include "yeji-sync-state.h"

G_BEGIN_DECLS

/**
 * YejiSyncOutcome:
 *
 * How it stands between a profile and its province: what the last try met with. It is kept in the
 * profile, so that the window and the command line tell of what the other one met with. Moments
 * are RFC 3339.
 */
typedef struct
{
  YejiSyncState state;
  YejiSyncCause cause;
  char *detail;                /* (nullable): the province's own words, or a fragment */
  char *user;                  /* (nullable): who is or was signed in, as the province calls them */
  char *since;                 /* (nullable): since when it stands so */
  char *tried;                 /* (nullable): the last try */
  char *heard;                 /* (nullable): when everything was last in step */
  gint64 next;                 /* the next try, Unix seconds; 0: none is planned */
  guint failures;              /* in a row */
  gint64 clock;                /* by how many seconds the province's is ahead of this computer's */
} YejiSyncOutcome;

YejiSyncOutcome *yeji_sync_outcome_new      (void);
YejiSyncOutcome *yeji_sync_outcome_copy     (const YejiSyncOutcome *self);
void             yeji_sync_outcome_free     (YejiSyncOutcome       *self);
void             yeji_sync_outcome_take     (YejiSyncOutcome       *self,
                                             const GError          *error,
                                             gint64                 now);
guint            yeji_sync_outcome_plan     (YejiSyncOutcome       *self,
                                             gint64                 now);
gboolean         yeji_sync_outcome_equal    (const YejiSyncOutcome *self,
                                             const YejiSyncOutcome *other);
void             yeji_sync_outcome_reset    (YejiSyncOutcome       *self);
void             yeji_sync_outcome_set_user (YejiSyncOutcome       *self,
                                             const char            *user);
YejiSyncOutcome *yeji_sync_outcome_load     (YejiStore             *store,
                                             GError               **error);
gboolean         yeji_sync_outcome_save     (const YejiSyncOutcome *self,
                                             YejiStore             *store,
                                             GError               **error);
YejiSyncEvent    yeji_sync_event_of         (const GError          *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiSyncOutcome, yeji_sync_outcome_free)

G_END_DECLS

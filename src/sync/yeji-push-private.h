// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-pusher.h"

G_BEGIN_DECLS

/* One submission on its way to the province. Every step may have been done by an earlier try whose
 * answer was lost, and finds that out by itself. */
typedef struct
{
  YejiStore *store;
  YejiProvince *province;
  const YejiOutboxItem *item;
  GCancellable *cancellable;
  YejiSyncReport *report;
  char *path;
  char *revision;              /* what the province has now; NULL until it said so */
  gboolean written;            /* by this try and no earlier one */
  gboolean forgotten;          /* the province has lost something of it */
  gboolean waits;              /* for files that are to be sent before */
  gboolean merged;             /* it was queued anew, with what another computer brought */
  const char *words;           /* (nullable): why it was not, not translated */
} YejiPush;

/* yeji-pusher.c */
gboolean yeji_push_submit (YejiPush  *self,
                           GError   **error);
void     yeji_push_clear  (YejiPush  *self);

/* yeji-push-record.c */
gboolean yeji_push_record (YejiPush  *self,
                           GError   **error);
gboolean yeji_push_is_restored (YejiPush *self,
                           YejiReply *reply);
void     yeji_push_take_current (YejiPush *self,
                           YejiReply *reply);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YejiPush, yeji_push_clear)

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* For how many days the bin keeps what was put into it. Two counts must reach it: of days by the
 * calendar, and of days, after that of the removal, on which the profile was open. The first alone
 * would believe a clock that was a year behind when the thing was removed; of the second a clock
 * that goes wrong changes a day at most. A removal that is dated later than now was a mistake of
 * the clock: then the second count is all. */
#define YEJI_BIN_DAYS 30

/* A record in the bin. */
typedef struct
{
  char *uuid;
  char *name;                  /* maybe "" */
  char *removed_at;            /* RFC 3339 */
  guint days_left;             /* until it may be deleted; 0: at a later start, on another day */
  guint n_documents;
} YejiBinItem;

void       yeji_bin_item_free    (YejiBinItem          *self);

/* yeji-bin-days.c */
guint      yeji_bin_count_days_left (const char        *removed_at,
                                  guint                 n_days);

/* yeji-store-bin.c. A record goes there by yeji_store_remove() and back by yeji_store_restore(). */
GPtrArray *yeji_store_list_bin   (YejiStore            *self,
                                  GError              **error);
gboolean   yeji_store_empty_bin  (YejiStore            *self,
                                  const char *const    *uuids,
                                  GError              **error);
void       yeji_store_empty_bin_async (YejiStore       *self,
                                  const char *const    *uuids,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean   yeji_store_empty_bin_finish (YejiStore      *self,
                                  GAsyncResult         *result,
                                  GError              **error);
gboolean   yeji_store_expire_bin (YejiStore            *self,
                                  GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiBinItem, yeji_bin_item_free)

G_END_DECLS

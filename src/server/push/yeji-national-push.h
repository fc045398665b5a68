// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-db.h"
#include "yeji-server-context.h"

G_BEGIN_DECLS

/* What sends to the national platform, on the main context's thread. */
typedef struct _YejiNationalPush YejiNationalPush;

/**
 * YejiNationalPushTold:
 *
 * Called when enterprises are to be told of something.
 */
typedef void (*YejiNationalPushTold) (gpointer data);

YejiNationalPush *yeji_national_push_new      (YejiServerContext    *context,
                                               YejiDb               *db,
                                               YejiNationalPushTold  told,
                                               gpointer              data);
gboolean          yeji_national_push_is_alone (YejiNationalPush     *self);
gboolean          yeji_national_push_is_idle  (YejiNationalPush     *self);
const char       *yeji_national_push_get_trouble (YejiNationalPush  *self);
guint             yeji_national_push_get_n_settled (YejiNationalPush *self);
void              yeji_national_push_close    (YejiNationalPush     *self);

G_END_DECLS

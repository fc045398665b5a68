// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How many bytes may leave just now: filled evenly, and never with much, so that a line that others
 * use is not flooded for a moment. Begins empty: {rate}. */
typedef struct
{
  gint64 rate;                 /* bytes a second, above 0 */
  double tokens;               /* bytes */
  gint64 at;                   /* when the tokens were counted, microseconds; 0: never yet */
} YejiBucket;

/* A bucket that threads take from together. */
typedef struct _YejiRate YejiRate;

gsize     yeji_bucket_take (YejiBucket    *self,
                            gint64         now,
                            gsize          wanted,
                            gint64        *wait);

YejiRate *yeji_rate_new    (void);
void      yeji_rate_free   (YejiRate      *self);
void      yeji_rate_set    (YejiRate      *self,
                            gint64         rate);
gsize     yeji_rate_take   (YejiRate      *self,
                            gsize          wanted,
                            GCancellable  *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiRate, yeji_rate_free)

G_END_DECLS

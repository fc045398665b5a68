// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How fast files leave, and how long the rest will take. Times are microseconds of a clock that
 * never goes back. For one thread at a time. */
typedef struct _YejiEstimate YejiEstimate;

YejiEstimate *yeji_estimate_new         (void);
void          yeji_estimate_free        (YejiEstimate *self);
void          yeji_estimate_reset       (YejiEstimate *self,
                                         gint64        now);
void          yeji_estimate_add_bytes   (YejiEstimate *self,
                                         gint64        now,
                                         gint64        n_bytes);
void          yeji_estimate_add_request (YejiEstimate *self,
                                         gint64        now,
                                         gint64        duration,
                                         gint64        n_bytes);
double        yeji_estimate_get_speed   (YejiEstimate *self,
                                         gint64        now);
int           yeji_estimate_get_seconds (YejiEstimate *self,
                                         gint64        now,
                                         gint64        bytes_left,
                                         guint         requests_left,
                                         guint         workers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiEstimate, yeji_estimate_free)

G_END_DECLS

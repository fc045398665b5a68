// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Counts who guesses passwords, and how many passwords wait to be checked. Kept in memory: a
 * restart forgives. Thread-safe. */
typedef struct _YejiThrottle YejiThrottle;

YejiThrottle *yeji_throttle_new   (void);
guint         yeji_throttle_enter (YejiThrottle  *self,
                                   const char    *address,
                                   gint64         now);
void          yeji_throttle_leave (YejiThrottle  *self);
void          yeji_throttle_fail  (YejiThrottle  *self,
                                   const char    *address,
                                   gint64         now);
void          yeji_throttle_free  (YejiThrottle  *self);

G_END_DECLS

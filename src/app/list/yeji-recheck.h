// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/**
 * YejiRecheck:
 *
 * Checks the records of which it is not known what a check finds in them, some at a time and while
 * nothing else is wanted. To be stopped before the store is closed.
 */
#define YEJI_TYPE_RECHECK (yeji_recheck_get_type ())

G_DECLARE_FINAL_TYPE (YejiRecheck, yeji_recheck, YEJI, RECHECK, GObject)

YejiRecheck *yeji_recheck_new     (YejiStore   *store);
void         yeji_recheck_stop    (YejiRecheck *self);
gboolean     yeji_recheck_is_done (YejiRecheck *self);

G_END_DECLS

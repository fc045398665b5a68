// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-bin.h"

G_BEGIN_DECLS

/* yeji-store-sweep.c */
gboolean yeji_store_sweep (YejiStore   *self,
                           GHashTable  *sums,
                           gboolean     everything,
                           guint       *n_swept,
                           GError     **error);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that is made for a moment, in a folder of its own that nobody else reads. Both are removed
 * when the last reference to the object goes. */
GFile *yeji_scratch_new (const char  *name,
                         GError     **error);
void   yeji_scratch_sweep (void);

G_END_DECLS

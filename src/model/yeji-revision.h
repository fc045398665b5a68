// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A province that was restored from a backup begins a new epoch, and with it a new million: what is
 * given in it is more than any revision that it gave before (docs/protocol.md, Records). */
#define YEJI_REVISION_EPOCH 1000000

gint64 yeji_revision_get_number (const char *revision);

G_END_DECLS

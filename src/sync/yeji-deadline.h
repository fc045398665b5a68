// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A limit for something that blocks and can be cancelled. */
typedef struct _YejiDeadline YejiDeadline;

YejiDeadline *yeji_deadline_begin           (GCancellable *outer,
                                             guint         seconds);
GCancellable *yeji_deadline_get_cancellable (YejiDeadline *self);
void          yeji_deadline_move            (YejiDeadline *self,
                                             guint         seconds);
gboolean      yeji_deadline_end             (YejiDeadline *self);

G_END_DECLS

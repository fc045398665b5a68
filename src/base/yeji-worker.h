// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define YEJI_TYPE_WORKER (yeji_worker_get_type ())

G_DECLARE_FINAL_TYPE (YejiWorker, yeji_worker, YEJI, WORKER, GObject)

typedef void (*YejiWorkerFunc) (gpointer data);

YejiWorker *yeji_worker_new   (const char      *name);
void        yeji_worker_push  (YejiWorker      *self,
                               GTask           *task,
                               GTaskThreadFunc  func);
void        yeji_worker_call  (YejiWorker      *self,
                               YejiWorkerFunc   func,
                               gpointer         data);
gboolean    yeji_worker_is_current (YejiWorker *self);
void        yeji_worker_close (YejiWorker      *self);

G_END_DECLS

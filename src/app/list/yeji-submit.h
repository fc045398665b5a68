// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-editor.h"
#include "yeji-sync-engine.h"

G_BEGIN_DECLS

void yeji_submit_run (YejiEditor      *editor,
                      AdwToastOverlay *toasts,
                      YejiSyncEngine  *engine,
                      gboolean         files_follow);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"
#include "yeji-undo.h"

G_BEGIN_DECLS

void      yeji_draft_undo_async  (YejiDraft           *draft,
                                  gboolean             again,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
YejiUndo *yeji_draft_undo_finish (YejiDraft           *draft,
                                  GAsyncResult        *result,
                                  GError             **error);

G_END_DECLS

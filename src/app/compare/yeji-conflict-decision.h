// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-comparison.h"
#include "yeji-draft.h"

G_BEGIN_DECLS

void       yeji_draft_take_theirs           (YejiDraft           *draft,
                                             GPtrArray           *differences);
void       yeji_conflict_decision_note_async (YejiDraft          *draft,
                                             GPtrArray           *differences,
                                             gboolean             decided,
                                             GAsyncReadyCallback  callback,
                                             gpointer             user_data);
gboolean   yeji_conflict_decision_note_finish (GAsyncResult      *result,
                                             GError             **error);
GPtrArray *yeji_differences_copy_places     (GPtrArray           *differences);

G_END_DECLS

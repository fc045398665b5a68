// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-preview.h"

G_BEGIN_DECLS

/* The place of the preview beside the form: the last of the areas in the content of an #AdwFlap. It
 * is empty, and takes no room, until a document is shown. F6 goes from area to area. */
#define YEJI_TYPE_PREVIEW_DOCK (yeji_preview_dock_get_type ())

G_DECLARE_FINAL_TYPE (YejiPreviewDock, yeji_preview_dock, YEJI, PREVIEW_DOCK, AdwBin)

void         yeji_preview_dock_open        (YejiPreviewDock *self,
                                            YejiDraft       *draft,
                                            YejiAttachment  *attachment);
void         yeji_preview_dock_close       (YejiPreviewDock *self);
YejiPreview *yeji_preview_dock_get_preview (YejiPreviewDock *self);
gboolean     yeji_preview_dock_is_full     (YejiPreviewDock *self);

G_END_DECLS

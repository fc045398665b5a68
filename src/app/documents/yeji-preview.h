// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"
#include "yeji-page-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The documents of one slot, page by page. Its actions are "preview.*"; their keys work in all of
 * the window, so that the clerk can go on typing from the scan. Signals "closed", and "full" when
 * the window is to be filled, or not any more. */
#define YEJI_TYPE_PREVIEW (yeji_preview_get_type ())

G_DECLARE_FINAL_TYPE (YejiPreview, yeji_preview, YEJI, PREVIEW, AdwBin)

GtkWidget      *yeji_preview_new            (void);
void            yeji_preview_show           (YejiPreview    *self,
                                             YejiDraft      *draft,
                                             YejiAttachment *attachment);
void            yeji_preview_clear          (YejiPreview    *self);
YejiAttachment *yeji_preview_get_attachment (YejiPreview    *self);
guint           yeji_preview_get_page       (YejiPreview    *self);
YejiPageView   *yeji_preview_get_view       (YejiPreview    *self);
void            yeji_preview_set_full       (YejiPreview    *self,
                                             gboolean        full);
void            yeji_preview_focus          (YejiPreview    *self);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The small picture of a page, asked for when it comes into sight; an icon where there is none.
 * Signal "loaded" (n_pages) when it is there, or cannot be: 0 then. */
#define YEJI_TYPE_THUMBNAIL (yeji_thumbnail_get_type ())

G_DECLARE_FINAL_TYPE (YejiThumbnail, yeji_thumbnail, YEJI, THUMBNAIL, AdwBin)

GtkWidget  *yeji_thumbnail_new         (int             width,
                                        int             height);
void        yeji_thumbnail_show        (YejiThumbnail  *self,
                                        YejiStore      *store,
                                        YejiAttachment *attachment,
                                        guint           page);
guint       yeji_thumbnail_get_n_pages (YejiThumbnail  *self);
const char *yeji_thumbnail_get_problem (YejiThumbnail  *self);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The pages of some documents, small, in one line. Signal "chosen" (attachment, page). */
#define YEJI_TYPE_PAGE_STRIP (yeji_page_strip_get_type ())

G_DECLARE_FINAL_TYPE (YejiPageStrip, yeji_page_strip, YEJI, PAGE_STRIP, AdwBin)

void  yeji_page_strip_set_files   (YejiPageStrip  *self,
                                   YejiStore      *store,
                                   GPtrArray      *files);
void  yeji_page_strip_set_n_pages (YejiPageStrip  *self,
                                   YejiAttachment *attachment,
                                   guint           n_pages);
void  yeji_page_strip_select      (YejiPageStrip  *self,
                                   YejiAttachment *attachment,
                                   guint           page);
guint yeji_page_strip_get_n_pages (YejiPageStrip  *self);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* A page of a document, in a list. */
#define YEJI_TYPE_PAGE_ITEM (yeji_page_item_get_type ())

G_DECLARE_FINAL_TYPE (YejiPageItem, yeji_page_item, YEJI, PAGE_ITEM, GObject)

YejiPageItem   *yeji_page_item_new            (YejiAttachment *attachment,
                                               guint           page);
YejiAttachment *yeji_page_item_get_attachment (YejiPageItem   *self);
guint           yeji_page_item_get_page       (YejiPageItem   *self);

G_END_DECLS

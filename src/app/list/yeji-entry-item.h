// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-store.h"

G_BEGIN_DECLS

/* A row of a list: it may be there before what it shows was read. Property "entry". */
#define YEJI_TYPE_ENTRY_ITEM (yeji_entry_item_get_type ())

G_DECLARE_FINAL_TYPE (YejiEntryItem, yeji_entry_item, YEJI, ENTRY_ITEM, GObject)

YejiEntryItem *yeji_entry_item_new       (void);
YejiEntry     *yeji_entry_item_get_entry (YejiEntryItem *self);
void           yeji_entry_item_set_entry (YejiEntryItem *self,
                                          YejiEntry     *entry);
const char    *yeji_entry_item_get_uuid  (YejiEntryItem *self);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-use-choice.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A record in the list to choose from, in words. */
#define YEJI_TYPE_USE_ITEM (yeji_use_item_get_type ())

G_DECLARE_FINAL_TYPE (YejiUseItem, yeji_use_item, YEJI, USE_ITEM, GObject)

YejiUseItem *yeji_use_item_new         (const YejiUseChoice    *choice,
                                        const YejiUseCandidate *candidate,
                                        const YejiUseList      *list);
gboolean     yeji_use_item_equal       (YejiUseItem            *self,
                                        YejiUseItem            *other);
const char  *yeji_use_item_get_uuid    (YejiUseItem            *self);
const char  *yeji_use_item_get_name    (YejiUseItem            *self);
const char  *yeji_use_item_get_detail  (YejiUseItem            *self);
const char  *yeji_use_item_get_note    (YejiUseItem            *self);
const char  *yeji_use_item_get_values  (YejiUseItem            *self);
gboolean     yeji_use_item_get_ticked  (YejiUseItem            *self);
void         yeji_use_item_set_ticked  (YejiUseItem            *self,
                                        gboolean                ticked);
gboolean     yeji_use_item_counts      (YejiUseItem            *self);
gboolean     yeji_use_item_is_editable (YejiUseItem            *self);
gboolean     yeji_use_item_matches     (YejiUseItem            *self,
                                        const char             *folded);

G_END_DECLS

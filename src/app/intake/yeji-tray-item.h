// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-store.h"
#include "yeji-match.h"

G_BEGIN_DECLS

/* A file in the tray, and what is known of where it may belong. */
#define YEJI_TYPE_TRAY_ITEM (yeji_tray_item_get_type ())

G_DECLARE_FINAL_TYPE (YejiTrayItem, yeji_tray_item, YEJI, TRAY_ITEM, GObject)

YejiTrayItem   *yeji_tray_item_new            (YejiTrayFile    *file,
                                               YejiMatch       *match,
                                               YejiMatcher     *matcher);
const char     *yeji_tray_item_get_id         (YejiTrayItem    *self);
const char     *yeji_tray_item_get_filename   (YejiTrayItem    *self);
const char     *yeji_tray_item_get_uuid       (YejiTrayItem    *self);
const char     *yeji_tray_item_get_slot       (YejiTrayItem    *self);
const char     *yeji_tray_item_get_reason     (YejiTrayItem    *self);
const char     *yeji_tray_item_get_origin     (YejiTrayItem    *self);
char           *yeji_tray_item_to_details     (YejiTrayItem    *self,
                                               const YejiLimits *limits);
YejiAttachment *yeji_tray_item_get_content    (YejiTrayItem    *self);

G_END_DECLS

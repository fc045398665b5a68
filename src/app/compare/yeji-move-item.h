// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-move-report.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A line of the list of reports: a record, or one thing that became of it. */
#define YEJI_TYPE_MOVE_ITEM (yeji_move_item_get_type ())

G_DECLARE_FINAL_TYPE (YejiMoveItem, yeji_move_item, YEJI, MOVE_ITEM, GObject)

GListModel           *yeji_move_item_list         (GPtrArray    *reports);
GListModel           *yeji_move_item_list_notes   (YejiMoveItem *self);
const YejiMoveReport *yeji_move_item_get_report   (YejiMoveItem *self);
const YejiMoveNote   *yeji_move_item_get_note     (YejiMoveItem *self);
char                 *yeji_move_item_get_title    (YejiMoveItem *self);
char                 *yeji_move_item_get_subtitle (YejiMoveItem *self);
const char           *yeji_move_item_get_icon     (YejiMoveItem *self);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-grid-input.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * YejiGrid:
 *
 * A table of a draft that is edited as in a spreadsheet. Signals: "removed" (row, index) after one
 * row was removed, "open-row" (row) when its form is wanted, "committed" (row, field) after a value
 * was typed, "cursor-moved", "take" when a suggestion for the cell shall be taken.
 */
#define YEJI_TYPE_GRID (yeji_grid_get_type ())

G_DECLARE_FINAL_TYPE (YejiGrid, yeji_grid, YEJI, GRID, AdwBin)

GtkWidget     *yeji_grid_new        (YejiDraft          *draft,
                                     const YejiTableDef *table);
YejiGridModel *yeji_grid_get_model  (YejiGrid           *self);
YejiGridView  *yeji_grid_get_view   (YejiGrid           *self);
YejiGridInput *yeji_grid_get_input  (YejiGrid           *self);
void           yeji_grid_go         (YejiGrid           *self,
                                     guint               row,
                                     guint               column,
                                     gboolean            extend);
gboolean       yeji_grid_show       (YejiGrid           *self,
                                     YejiRow            *row,
                                     const YejiFieldDef *field);
YejiRow       *yeji_grid_add        (YejiGrid           *self);
void           yeji_grid_paste_text (YejiGrid           *self,
                                     const char         *text);
gboolean       yeji_grid_press      (YejiGrid           *self,
                                     guint               keyval,
                                     GdkModifierType     state);
gboolean       yeji_grid_find_focused (GtkWindow           *window,
                                     YejiRow            **row,
                                     const YejiFieldDef **field);

G_END_DECLS

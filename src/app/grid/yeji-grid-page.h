// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-grid-line.h"

G_BEGIN_DECLS

/**
 * YejiGridPage:
 *
 * A table as a grid with a line under it that speaks of the cell, or the form of one of its rows.
 * Signals "removed" (row, index) after a row was removed, and "next".
 */
#define YEJI_TYPE_GRID_PAGE (yeji_grid_page_get_type ())

G_DECLARE_FINAL_TYPE (YejiGridPage, yeji_grid_page, YEJI, GRID_PAGE, AdwBin)

GtkWidget    *yeji_grid_page_new       (YejiDraft          *draft,
                                        const YejiTableDef *table);
YejiGrid     *yeji_grid_page_get_grid  (YejiGridPage       *self);
YejiGridLine *yeji_grid_page_get_line  (YejiGridPage       *self);
YejiRow      *yeji_grid_page_get_row   (YejiGridPage       *self);
void          yeji_grid_page_set_next  (YejiGridPage       *self,
                                        const char         *text);
gboolean      yeji_grid_page_show      (YejiGridPage       *self,
                                        YejiRow            *row,
                                        const YejiFieldDef *field);
void          yeji_grid_page_open_row  (YejiGridPage       *self,
                                        YejiRow            *row,
                                        const YejiFieldDef *field);
void          yeji_grid_page_close_row (YejiGridPage       *self);
gboolean      yeji_grid_page_open_focused (GtkWindow       *window);

G_END_DECLS

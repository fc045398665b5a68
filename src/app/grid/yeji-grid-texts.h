// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-grid-view.h"

G_BEGIN_DECLS

/**
 * YejiGridTexts:
 *
 * The text that lies over the cell of a grid's cursor. It has the keyboard all the time, unseen
 * while nothing is edited: so an input method meets a text with the first key. There are two of
 * them that take turns, because a screen reader speaks of a cell when something else has the focus.
 * Signals: "typed" after somebody typed; "composing" when an input method begins or ends; "left"
 * when the keyboard goes elsewhere; "describe" when the text is to say what its cell is.
 */
#define YEJI_TYPE_GRID_TEXTS (yeji_grid_texts_get_type ())

G_DECLARE_FINAL_TYPE (YejiGridTexts, yeji_grid_texts, YEJI, GRID_TEXTS, GObject)

YejiGridTexts *yeji_grid_texts_new          (YejiGridView  *view);
GtkWidget     *yeji_grid_texts_get_widget   (YejiGridTexts *self);
const char    *yeji_grid_texts_get          (YejiGridTexts *self);
void           yeji_grid_texts_fill         (YejiGridTexts *self,
                                             const char    *text);
void           yeji_grid_texts_set_seen     (YejiGridTexts *self,
                                             gboolean       seen);
void           yeji_grid_texts_begin        (YejiGridTexts *self);
void           yeji_grid_texts_turn         (YejiGridTexts *self);
gboolean       yeji_grid_texts_is_composing (YejiGridTexts *self);
gboolean       yeji_grid_texts_has_focus    (YejiGridTexts *self);

G_END_DECLS

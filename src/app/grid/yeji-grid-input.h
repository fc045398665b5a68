// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-grid-view.h"

G_BEGIN_DECLS

/**
 * YejiGridInput:
 *
 * Takes what is typed into the cell of a grid's cursor. Signals: "committed" (row, field) after a
 * value was typed, "choose" (const char *text) when a code is to be chosen, of which @text was
 * typed, and "changed" when editing begins or ends.
 */
#define YEJI_TYPE_GRID_INPUT (yeji_grid_input_get_type ())

G_DECLARE_FINAL_TYPE (YejiGridInput, yeji_grid_input, YEJI, GRID_INPUT, GObject)

typedef enum
{
  YEJI_GRID_IDLE,
  YEJI_GRID_TYPING,            /* what is typed replaces the value; arrows leave the cell */
  YEJI_GRID_EDITING,           /* the value is changed; arrows move in it */
} YejiGridState;

YejiGridInput *yeji_grid_input_new          (YejiGridView  *view);
YejiGridState  yeji_grid_input_get_state    (YejiGridInput *self);
gboolean       yeji_grid_input_is_composing (YejiGridInput *self);
GtkWidget     *yeji_grid_input_get_widget   (YejiGridInput *self);
gboolean       yeji_grid_input_has_focus    (YejiGridInput *self);
void           yeji_grid_input_focus        (YejiGridInput *self);
void           yeji_grid_input_edit         (YejiGridInput *self);
void           yeji_grid_input_commit       (YejiGridInput *self);
void           yeji_grid_input_give_up      (YejiGridInput *self);

G_END_DECLS

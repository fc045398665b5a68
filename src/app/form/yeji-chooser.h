// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-choice.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A popover that offers choices with a search. Signal "chosen" (const char *value). */
#define YEJI_TYPE_CHOOSER (yeji_chooser_get_type ())

G_DECLARE_FINAL_TYPE (YejiChooser, yeji_chooser, YEJI, CHOOSER, GtkPopover)

YejiChooser *yeji_chooser_new         (const char  *label);
void         yeji_chooser_set_choices (YejiChooser *self,
                                       GListModel  *choices,
                                       const char  *value);
void         yeji_chooser_set_note    (YejiChooser *self,
                                       const char  *note);
void         yeji_chooser_set_add     (YejiChooser *self,
                                       const char  *label);
void         yeji_chooser_set_clearable (YejiChooser *self,
                                       gboolean     clearable);
void         yeji_chooser_set_search  (YejiChooser *self,
                                       const char  *text);
guint        yeji_chooser_get_n_shown (YejiChooser *self);
void         yeji_chooser_accept      (YejiChooser *self);

G_END_DECLS

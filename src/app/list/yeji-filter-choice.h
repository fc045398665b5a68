// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-query.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the records shown are narrowed down to beside the sidebar's filter: a button with a popover.
 * Signal "changed" when the clerk or the program chose something else. */
#define YEJI_TYPE_FILTER_CHOICE (yeji_filter_choice_get_type ())

G_DECLARE_FINAL_TYPE (YejiFilterChoice, yeji_filter_choice, YEJI, FILTER_CHOICE, AdwBin)

void        yeji_filter_choice_set_dictionary (YejiFilterChoice *self,
                                               YejiDictionary   *dictionary);
void        yeji_filter_choice_set            (YejiFilterChoice *self,
                                               const char       *role,
                                               int               outcome);
const char *yeji_filter_choice_get_role       (YejiFilterChoice *self);
int         yeji_filter_choice_get_outcome    (YejiFilterChoice *self);
gboolean    yeji_filter_choice_is_narrow      (YejiFilterChoice *self);
void        yeji_filter_choice_fill_query     (YejiFilterChoice *self,
                                               YejiQuery        *query);
void        yeji_filter_choice_open           (YejiFilterChoice *self);
GtkWidget  *yeji_filter_choice_make_chips     (YejiFilterChoice *self);

G_END_DECLS

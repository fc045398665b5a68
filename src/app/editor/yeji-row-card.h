// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-field-list.h"

G_BEGIN_DECLS

/* One row of a table: a title that opens and closes its fields, and what can be done with it.
 * Signals "duplicate" and "remove". */
#define YEJI_TYPE_ROW_CARD (yeji_row_card_get_type ())

G_DECLARE_FINAL_TYPE (YejiRowCard, yeji_row_card, YEJI, ROW_CARD, GtkBox)

GtkWidget     *yeji_row_card_new          (YejiDraft    *draft,
                                           YejiRow      *row);
YejiRow       *yeji_row_card_get_row      (YejiRowCard  *self);
void           yeji_row_card_set_number   (YejiRowCard  *self,
                                           guint         number);
void           yeji_row_card_set_expanded (YejiRowCard  *self,
                                           gboolean      expanded);
gboolean       yeji_row_card_is_expanded  (YejiRowCard  *self);
YejiFieldList *yeji_row_card_get_fields   (YejiRowCard  *self);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-form-field.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The button that takes what stands elsewhere for an empty field, and says where. It is there only
 * while there is something. */
#define YEJI_TYPE_CARRY_OFFER (yeji_carry_offer_get_type ())

G_DECLARE_FINAL_TYPE (YejiCarryOffer, yeji_carry_offer, YEJI, CARRY_OFFER, GtkButton)

GtkWidget *yeji_carry_offer_new      (YejiFormField  *field);
gboolean   yeji_carry_offer_take     (YejiCarryOffer *self);
char      *yeji_carry_offer_describe (YejiCarryOffer *self);

G_END_DECLS

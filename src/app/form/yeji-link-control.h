// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-form-field.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A link to a row of another table: chosen from the rows that are there, and a way to go to the one
 * that is chosen. */
#define YEJI_TYPE_LINK_CONTROL (yeji_link_control_get_type ())

G_DECLARE_FINAL_TYPE (YejiLinkControl, yeji_link_control, YEJI, LINK_CONTROL, GtkBox)

GtkWidget *yeji_link_control_new        (YejiFormField   *field);
GtkWidget *yeji_link_control_get_target (YejiLinkControl *self);
YejiRow   *yeji_link_control_find_row   (YejiLinkControl *self);

G_END_DECLS

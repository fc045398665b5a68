// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-group.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A line of a plan: a heading or a file. */
#define YEJI_TYPE_INTAKE_ROW (yeji_intake_row_get_type ())

G_DECLARE_FINAL_TYPE (YejiIntakeRow, yeji_intake_row, YEJI, INTAKE_ROW, GtkWidget)

/* The widths of the columns; the titles above them have the same. */
#define YEJI_INTAKE_SLOT_CHARS 18
#define YEJI_INTAKE_POSITION_CHARS 4
#define YEJI_INTAKE_SURE_CHARS 11
#define YEJI_INTAKE_SIZE_CHARS 9

GtkWidget       *yeji_intake_row_new       (void);
void             yeji_intake_row_show      (YejiIntakeRow *self,
                                            GObject       *line);
YejiIntakeItem  *yeji_intake_row_get_item  (YejiIntakeRow *self);
YejiIntakeGroup *yeji_intake_row_get_group (YejiIntakeRow *self);

G_END_DECLS

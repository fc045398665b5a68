// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A reviewer's point as an item of a checklist. */
#define YEJI_TYPE_POINT_ROW (yeji_point_row_get_type ())

G_DECLARE_FINAL_TYPE (YejiPointRow, yeji_point_row, YEJI, POINT_ROW, GtkListBoxRow)

GtkWidget *yeji_point_row_new       (YejiDraft    *draft,
                                     YejiIssue    *point);
YejiIssue *yeji_point_row_get_point (YejiPointRow *self);
void       yeji_point_row_update    (YejiPointRow *self);

G_END_DECLS

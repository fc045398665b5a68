// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-form-field.h"
#include "yeji-issue-actions.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One field in a form: its name, its control, its unit, and under it what is wrong with it. */
#define YEJI_TYPE_FIELD_ROW (yeji_field_row_get_type ())

G_DECLARE_FINAL_TYPE (YejiFieldRow, yeji_field_row, YEJI, FIELD_ROW, GtkBox)

GtkWidget     *yeji_field_row_new        (YejiFormField *field);
YejiFormField *yeji_field_row_get_field  (YejiFieldRow  *self);
GtkWidget     *yeji_field_row_get_target (YejiFieldRow  *self);
YejiIssueActions *yeji_field_row_get_actions (YejiFieldRow *self);
const char    *yeji_field_row_get_note   (YejiFieldRow  *self);

G_END_DECLS

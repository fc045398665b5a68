// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-form-field.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * YejiControl:
 * @widget: (transfer floating): what stands in the form
 * @target: the part of it that takes the focus and has the field's name
 */
typedef struct
{
  GtkWidget *widget;
  GtkWidget *target;
} YejiControl;

YejiControl yeji_row_maker_make (YejiFormField *field);

G_END_DECLS

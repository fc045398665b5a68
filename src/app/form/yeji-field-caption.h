// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-form-field.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget  *yeji_field_caption_new      (YejiFormField *field);
const char *yeji_field_caption_get_text (GtkWidget     *caption);

G_END_DECLS

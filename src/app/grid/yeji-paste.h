// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-form-field.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void yeji_paste_watch (GtkWidget     *control,
                       YejiFormField *field);

G_END_DECLS

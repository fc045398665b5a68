// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-form-field.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *yeji_personal_entry_new      (YejiFormField *field);
gboolean   yeji_personal_entry_is_shown (GtkWidget     *entry);

G_END_DECLS

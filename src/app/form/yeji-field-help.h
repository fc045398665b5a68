// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

char *yeji_field_help_to_text (YejiDictionary     *dictionary,
                               const YejiFieldDef *field);
void  yeji_field_help_show    (GtkWidget          *parent,
                               const GdkRectangle *place,
                               GtkWidget          *target,
                               YejiDictionary     *dictionary,
                               const YejiFieldDef *field);

G_END_DECLS

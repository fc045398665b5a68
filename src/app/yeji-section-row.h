// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A section in the list at the left of the editor: a table, or what is kept aside. */
GtkWidget          *yeji_section_row_new       (const YejiTableDef *table);
const YejiTableDef *yeji_section_row_get_table (GtkListBoxRow      *row);
void                yeji_section_row_update    (GtkListBoxRow      *row,
                                                YejiDraft          *draft);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The form of one table. Signals "removed" (row, index) after a row was removed, and "next". */
#define YEJI_TYPE_SECTION_PAGE (yeji_section_page_get_type ())

G_DECLARE_FINAL_TYPE (YejiSectionPage, yeji_section_page, YEJI, SECTION_PAGE, AdwBin)

GtkWidget          *yeji_section_page_new       (YejiDraft          *draft,
                                                 const YejiTableDef *table);
const YejiTableDef *yeji_section_page_get_table (YejiSectionPage    *self);
void                yeji_section_page_set_next  (YejiSectionPage    *self,
                                                 const char         *label);
void                yeji_section_page_add       (YejiSectionPage    *self);
gboolean            yeji_section_page_show      (YejiSectionPage    *self,
                                                 YejiRow            *row,
                                                 const YejiFieldDef *field);

G_END_DECLS

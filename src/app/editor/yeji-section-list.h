// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-draft.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The sections of a record: one for each table, and one for what was put aside if there is any.
 * Signal "selected" (table, nullable, as a pointer) when another section is to be shown. */
#define YEJI_TYPE_SECTION_LIST (yeji_section_list_get_type ())

G_DECLARE_FINAL_TYPE (YejiSectionList, yeji_section_list, YEJI, SECTION_LIST, AdwBin)

void     yeji_section_list_set_draft    (YejiSectionList     *self,
                                         YejiDraft           *draft);
gboolean yeji_section_list_select       (YejiSectionList     *self,
                                         const YejiTableDef  *table);
gboolean yeji_section_list_step         (YejiSectionList     *self,
                                         int                  step);
gboolean yeji_section_list_get_selected (YejiSectionList     *self,
                                         const YejiTableDef **table);
void     yeji_section_list_update       (YejiSectionList     *self);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-field-row.h"

G_BEGIN_DECLS

/* The fields of one row, one under the other. */
#define YEJI_TYPE_FIELD_LIST (yeji_field_list_get_type ())

G_DECLARE_FINAL_TYPE (YejiFieldList, yeji_field_list, YEJI, FIELD_LIST, GtkBox)

GtkWidget    *yeji_field_list_new  (YejiDraft          *draft,
                                    YejiRow            *row);
YejiFieldRow *yeji_field_list_find (YejiFieldList      *self,
                                    const YejiFieldDef *field);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

#define YEJI_TYPE_ROW (yeji_row_get_type ())

G_DECLARE_FINAL_TYPE (YejiRow, yeji_row, YEJI, ROW, GObject)

YejiRow            *yeji_row_new        (const YejiTableDef *table,
                                         const char         *id);
YejiRow            *yeji_row_copy       (YejiRow            *self,
                                         const char         *id);
const YejiTableDef *yeji_row_get_table  (YejiRow            *self);
const char         *yeji_row_get_id     (YejiRow            *self);
const char         *yeji_row_get        (YejiRow            *self,
                                         const YejiFieldDef *field);
const char         *yeji_row_get_by_id  (YejiRow            *self,
                                         const char         *field);
gboolean            yeji_row_set        (YejiRow            *self,
                                         const YejiFieldDef *field,
                                         const char         *value);
GHashTable         *yeji_row_get_extras (YejiRow            *self);
void                yeji_row_set_extra  (YejiRow            *self,
                                         const char         *name,
                                         const char         *value);
const char         *yeji_row_get_title  (YejiRow            *self);
gboolean            yeji_row_is_empty   (YejiRow            *self);

G_END_DECLS

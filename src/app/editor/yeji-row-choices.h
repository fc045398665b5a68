// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

/* The rows that a link may name: chosen in a form and in a grid from the same list. */

GListModel *yeji_row_choices_list        (YejiRecord         *record,
                                          const YejiFieldDef *key);
YejiRow    *yeji_row_choices_find        (YejiRecord         *record,
                                          const YejiFieldDef *key,
                                          const char         *number);
const char *yeji_row_choices_get_title   (YejiRow            *row,
                                          const YejiFieldDef *key);
char       *yeji_row_choices_make_note   (YejiRecord         *record,
                                          const YejiFieldDef *key,
                                          const char         *value);
char       *yeji_row_choices_make_add    (const YejiFieldDef *key);
gboolean    yeji_row_choices_is_mark     (const char         *value);
YejiRow    *yeji_row_choices_find_marked (YejiRecord         *record,
                                          const YejiFieldDef *key,
                                          const char         *mark);

G_END_DECLS

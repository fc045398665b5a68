// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-cells.h"
#include "yeji-query.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  YEJI_COLUMN_NAME,
  YEJI_COLUMN_ROLE,
  YEJI_COLUMN_STATE,
  YEJI_COLUMN_COMPLETENESS,
  YEJI_COLUMN_PROBLEMS,
  YEJI_COLUMN_DOCUMENTS,
  YEJI_COLUMN_GRADE,
  YEJI_COLUMN_CHANGED,
  YEJI_COLUMN_LEFT,            /* in the bin alone */
  N_YEJI_COLUMNS
} YejiColumn;

GtkColumnViewColumn *yeji_column_new     (YejiColumn       column,
                                          YejiCellContext *context);
const char          *yeji_column_get_id  (YejiColumn       column);
const char          *yeji_column_get_title (YejiColumn     column);
YejiColumn           yeji_column_find    (const char      *id);
YejiColumn           yeji_column_find_by_sort (YejiSort    sort);
char                *yeji_column_to_text (YejiColumn       column,
                                          YejiEntry       *entry,
                                          YejiDictionary  *dictionary);
YejiSort             yeji_columns_get_sort (GtkSorter      *sorter,
                                          gboolean        *descending);
const char          *yeji_outcome_get_label (int           outcome);

G_END_DECLS

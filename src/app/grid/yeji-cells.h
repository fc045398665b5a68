// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-entry-item.h"
#include "yeji-record.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What all cells of a list of records need to know; counted by g_rc_box. */
typedef struct
{
  YejiDictionary *dictionary;
  char **words;                /* of the search, to be pointed out */
} YejiCellContext;

/**
 * YejiCellDef:
 * @is_name: the column that names the record, and its row
 * @numeric: digits are equally wide
 * @quiet: the text is not the first thing to be seen
 * @to_text: what is shown; an empty text leaves the cell empty
 * @to_style: (nullable): a class for it
 * @is_pill: it lies on a ground of its own
 * @to_icon: (nullable): an icon before it, %NULL for none
 * @to_fraction: (nullable): 0 to 1, shown as a bar after it; negative hides the bar
 * @to_help: (nullable): what is said where the pointer rests; without it the text, when it is cut
 *
 * One kind of cell.
 */
typedef struct
{
  gboolean is_name;
  gboolean numeric;
  gboolean quiet;
  char *(*to_text) (YejiEntry *entry, YejiDictionary *dictionary);
  const char *(*to_style) (YejiEntry *entry);
  gboolean is_pill;
  const char *(*to_icon) (YejiEntry *entry);
  double (*to_fraction) (YejiEntry *entry);
  char *(*to_help) (YejiEntry *entry, YejiDictionary *dictionary);
} YejiCellDef;

YejiCellContext    *yeji_cell_context_new   (YejiDictionary    *dictionary);
void                yeji_cell_context_free  (YejiCellContext   *self);
void                yeji_cell_context_set_typed (YejiCellContext *self,
                                             const char        *typed);
GtkListItemFactory *yeji_cell_factory_new   (const YejiCellDef *def,
                                             YejiCellContext   *context);
GtkListItem        *yeji_cell_find_item     (GtkWidget         *widget);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-intake-group.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A plan as it is looked at: a heading for each record (#YejiIntakeGroup) and its files below it
 * (#YejiIntakeItem), rows of a #GtkTreeListModel. Signals "changed" when anything of a file did,
 * and "moved" when files that are selected went under another heading. */
#define YEJI_TYPE_INTAKE_TREE (yeji_intake_tree_get_type ())

G_DECLARE_FINAL_TYPE (YejiIntakeTree, yeji_intake_tree, YEJI, INTAKE_TREE, GObject)

YejiIntakeTree    *yeji_intake_tree_new           (YejiIntakePlan *plan);
void               yeji_intake_tree_close         (YejiIntakeTree *self);
GtkSelectionModel *yeji_intake_tree_get_selection (YejiIntakeTree *self);
GPtrArray         *yeji_intake_tree_dup_selected  (YejiIntakeTree *self);
void               yeji_intake_tree_select        (YejiIntakeTree *self,
                                                   GPtrArray      *items);
guint              yeji_intake_tree_find          (YejiIntakeTree *self,
                                                   YejiIntakeItem *item);
guint              yeji_intake_tree_find_open     (YejiIntakeTree *self,
                                                   guint           from,
                                                   int             step);
guint              yeji_intake_tree_count_open    (YejiIntakeTree *self);
void               yeji_intake_tree_set_narrow    (YejiIntakeTree *self,
                                                   gboolean        narrow);
void               yeji_intake_tree_expand_all    (YejiIntakeTree *self);

G_END_DECLS

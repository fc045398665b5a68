// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-compare-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Records side by side. Signals "chosen" (table, row, field) for a place that is to be opened, and
 * "decided" once the clerk has chosen between mine and theirs. */
#define YEJI_TYPE_COMPARE_WINDOW (yeji_compare_window_get_type ())

G_DECLARE_FINAL_TYPE (YejiCompareWindow, yeji_compare_window, YEJI, COMPARE_WINDOW, AdwWindow)

GtkWidget *yeji_compare_window_new            (GtkWindow          *parent,
                                               const char         *title,
                                               gboolean            deciding);
void       yeji_compare_window_set_subtitle   (YejiCompareWindow  *self,
                                               const char         *subtitle);
void       yeji_compare_window_set_sides      (YejiCompareWindow  *self,
                                               const char         *mine,
                                               const char         *theirs);
void       yeji_compare_window_take           (YejiCompareWindow  *self,
                                               YejiComparison     *comparison);
void       yeji_compare_window_fail           (YejiCompareWindow  *self,
                                               const char         *sentence);
void       yeji_compare_window_step           (YejiCompareWindow  *self,
                                               int                 step);
GListModel *yeji_compare_window_get_items     (YejiCompareWindow  *self);
GPtrArray *yeji_compare_window_list_decided   (YejiCompareWindow  *self,
                                               YejiDecision        decision);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-comparison.h"

G_BEGIN_DECLS

/* What the clerk wants with a place that both changed. */
typedef enum
{
  YEJI_DECISION_LATER,
  YEJI_DECISION_MINE,
  YEJI_DECISION_THEIRS,
} YejiDecision;

/**
 * YejiCompareItem:
 *
 * A line of a comparison: a section with the number of what differs in it, or a place. Notifies
 * "decision". The difference and the dictionary are borrowed from the comparison.
 */
#define YEJI_TYPE_COMPARE_ITEM (yeji_compare_item_get_type ())

G_DECLARE_FINAL_TYPE (YejiCompareItem, yeji_compare_item, YEJI, COMPARE_ITEM, GObject)

YejiCompareItem      *yeji_compare_item_new            (YejiComparison       *comparison,
                                                        const YejiDifference *difference);
YejiCompareItem      *yeji_compare_item_new_section    (const char           *title);
void                  yeji_compare_item_count          (YejiCompareItem      *self);
const char           *yeji_compare_item_get_section    (YejiCompareItem      *self);
guint                 yeji_compare_item_get_count      (YejiCompareItem      *self);
YejiComparison       *yeji_compare_item_get_comparison (YejiCompareItem      *self);
const YejiDifference *yeji_compare_item_get_difference (YejiCompareItem      *self);
gboolean              yeji_compare_item_is_different   (YejiCompareItem      *self);
YejiDecision          yeji_compare_item_get_decision   (YejiCompareItem      *self);
void                  yeji_compare_item_set_decision   (YejiCompareItem      *self,
                                                        YejiDecision          decision);

G_END_DECLS

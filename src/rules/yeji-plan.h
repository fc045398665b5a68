// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-check.h"

G_BEGIN_DECLS

/* A rule at work on the values of a field. */
typedef struct
{
  const YejiRule *rule;
  guint order;                 /* of the rule among all rules */
  YejiValueFunc func;
  gboolean on_empty;           /* looks at empty values, and at no others */
  gboolean wide;               /* left out where a table has more rows than it may */
} YejiStep;

/* A rule at work on the record as a whole. */
typedef struct
{
  const YejiRule *rule;
  guint order;
  YejiRecordFunc func;
  gboolean wide;
} YejiWholeStep;

/* What has to be looked at again when something changes. */
typedef struct
{
  GPtrArray *same_row;         /* (element-type YejiFieldDef): in the row that changed */
  GPtrArray *every_row;        /* (element-type YejiFieldDef): in every row of their tables */
  GArray *whole;               /* (element-type guint): positions among the whole steps */
} YejiDependents;

/**
 * YejiPlan:
 *
 * The rules of a dictionary sorted by what they look at, and what depends on what. Immutable, so
 * it may be used from any thread. Private to the layer.
 */
typedef struct _YejiPlan YejiPlan;

YejiPlan             *yeji_plan_new         (YejiDictionary     *dictionary);
void                  yeji_plan_free        (YejiPlan           *self);
GArray               *yeji_plan_get_steps   (const YejiPlan     *self,
                                             const YejiFieldDef *field);
GArray               *yeji_plan_get_whole   (const YejiPlan     *self);
GPtrArray            *yeji_plan_get_asked   (const YejiPlan     *self,
                                             const YejiTableDef *table);
const YejiDependents *yeji_plan_on_value    (const YejiPlan     *self,
                                             const YejiFieldDef *field);
const YejiDependents *yeji_plan_on_rows     (const YejiPlan     *self,
                                             const YejiTableDef *table);
void                  yeji_plan_check_value (const YejiPlan     *self,
                                             YejiCheck          *check,
                                             YejiRow            *row,
                                             guint               index,
                                             const YejiFieldDef *field);
void                  yeji_plan_check_whole (const YejiPlan     *self,
                                             YejiCheck          *check,
                                             guint               position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPlan, yeji_plan_free)

G_END_DECLS

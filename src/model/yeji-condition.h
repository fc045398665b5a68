// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _YejiFieldDef YejiFieldDef;
typedef struct _YejiTableDef YejiTableDef;
typedef struct _YejiRecord YejiRecord;
typedef struct _YejiRow YejiRow;

typedef enum
{
  YEJI_CONDITION_IN,
  YEJI_CONDITION_NOT_IN,
  YEJI_CONDITION_ABOVE,
  YEJI_CONDITION_FILLED,
  YEJI_CONDITION_EMPTY,
  YEJI_CONDITION_ROWS,
  YEJI_CONDITION_ALL,
  YEJI_CONDITION_ANY,
} YejiConditionKind;

/* A test of a row, of the project, or of whether rows are there. Belongs to the dictionary. */
typedef struct
{
  YejiConditionKind kind;
  const YejiFieldDef *field;   /* of the row's table or of the root; rows, all, any: NULL */
  GStrv values;                /* in, not in; NULL otherwise */
  double above;
  const YejiTableDef *table;   /* rows; NULL otherwise */
  GPtrArray *parts;            /* (element-type YejiCondition): of all and any; of rows what the
                                * row must meet, if anything; NULL otherwise */
} YejiCondition;

typedef void (*YejiConditionFunc) (const YejiCondition *test,
                                   gpointer             data);

gboolean yeji_condition_holds (const YejiCondition *self,
                               YejiRecord          *record,
                               YejiRow             *row);
void     yeji_condition_each  (const YejiCondition *self,
                               YejiConditionFunc    func,
                               gpointer             data);
void     yeji_condition_free  (YejiCondition       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiCondition, yeji_condition_free)

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  YEJI_CONDITION_IN,
  YEJI_CONDITION_NOT_IN,
  YEJI_CONDITION_ABOVE,
  YEJI_CONDITION_FILLED,
} YejiConditionKind;

/* One test of a field in a row. */
typedef struct
{
  char *field;
  YejiConditionKind kind;
  GStrv values;                /* in, not in; NULL otherwise */
  double above;
} YejiCondition;

gboolean yeji_condition_holds (const YejiCondition *self,
                               const char          *value);
void     yeji_condition_free  (YejiCondition       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiCondition, yeji_condition_free)

G_END_DECLS

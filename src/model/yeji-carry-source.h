// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-dictionary.h"

G_BEGIN_DECLS

/* Where a value that is carried over stands. */
typedef enum
{
  YEJI_CARRY_FIELD,
  YEJI_CARRY_ENTERPRISE_NAME,
  YEJI_CARRY_ENTERPRISE_CODE,
} YejiCarryKind;

/* A place from which a field may be filled, because the standard asks for the same fact there.
 * Belongs to the dictionary. */
typedef struct
{
  YejiCarryKind kind;
  const YejiFieldDef *field;   /* (nullable): of the enterprise: none */
  GPtrArray *roles;            /* (element-type YejiRole) (nullable): all roles */
  YejiCondition *when;         /* (nullable): on the row that is filled */
  YejiCondition *where;        /* (nullable): on the rows that it is filled from */
  const YejiFieldDef *via[2];  /* (nullable): of the row that is filled, and of the other one: only
                                * rows in which both have the same value */
} YejiCarrySource;

void yeji_carry_source_free (YejiCarrySource *self);

G_END_DECLS

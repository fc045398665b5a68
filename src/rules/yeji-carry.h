// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-carry-source.h"
#include "yeji-normaliser.h"
#include "yeji-record.h"

G_BEGIN_DECLS

/* Who fills the record in. */
typedef struct
{
  const char *name;            /* (nullable) */
  const char *code;            /* (nullable) */
} YejiEnterprise;

/* A value that stands somewhere already. */
typedef struct
{
  char *value;
  const YejiCarrySource *source;
  YejiRow *row;                /* (nullable): where it stands; %NULL: it is the enterprise's */
  guint number;                /* of the row in its table, from 1; 0: the project or the enterprise */
} YejiCarried;

YejiCarried *yeji_carry_find    (YejiRecord           *record,
                                 YejiRow              *row,
                                 const YejiFieldDef   *field,
                                 const YejiEnterprise *enterprise,
                                 YejiNormaliser       *normaliser);
gboolean     yeji_carry_looks_at (const YejiFieldDef  *field,
                                 const YejiTableDef   *table);
void         yeji_carried_free  (YejiCarried          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiCarried, yeji_carried_free)

G_END_DECLS

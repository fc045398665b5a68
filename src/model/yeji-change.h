// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

/**
 * YejiChange:
 * @table: the table's id, "" for the record itself
 * @row: the row's id, "" for the record itself
 * @field: the field's id; "" when a row as a whole came, went or moved; "role" for the record's role
 * @before: (nullable): the text before; of a row the position, NULL if it was not there
 * @after: (nullable): the text after; of a row the position, NULL if it is no more
 *
 * One difference between two states of a record. A row that came or went also yields one change
 * for each of its values, so that the history alone can bring it back.
 */
typedef struct
{
  char *table;
  char *row;
  char *field;
  char *before;
  char *after;
} YejiChange;

GPtrArray *yeji_record_diff (YejiRecord *before,
                             YejiRecord *after);
void       yeji_change_free (YejiChange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiChange, yeji_change_free)

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

/* That a record is in the bin is said in its history alone, not in the record. */
#define YEJI_CHANGE_BIN    "bin"
#define YEJI_CHANGE_IN_BIN "removed"

/**
 * YejiChange:
 * @table: the table's id, "" for the record itself
 * @row: the row's id, "" for the record itself
 * @field: the field's id; "" when a row as a whole came, went or moved; "role" for the record's
 *     role; `kept:RULE:FIELD` for the reason why a warning is kept, table, row and FIELD being its
 *     place: then @row and FIELD may be "" as in #YejiKept; the same for a reply to a reviewer, with
 *     a RULE that yeji_kept_is_reply() knows; `aside:FIELD` for a value that was put
 *     aside, table, row and FIELD being where it was under the dictionary that had a place for it;
 *     `extra:NAME` for a member that the dictionary does not know, its value being JSON text;
 *     %YEJI_CHANGE_BIN when the record went into the bin, then @after is %YEJI_CHANGE_IN_BIN, or
 *     came out of it, then @before is; what is outside of it is ""
 * @before: (nullable): the text before; of a row the position, NULL if it was not there; a reason
 *     or a value that was put aside is "" if there was none
 * @after: (nullable): the text after; of a row the position, NULL if it is no more; a reason that
 *     was given again for other values is the same before and after
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
  char *before_note;
  char *after_note;
} YejiChange;

GPtrArray *yeji_record_diff       (YejiRecord        *before,
                                   YejiRecord        *after);
gboolean   yeji_change_split_kept (const YejiChange  *self,
                                   char             **rule,
                                   const char       **field);
gboolean   yeji_change_is_reply   (const YejiChange  *self);
gboolean   yeji_change_is_aside   (const YejiChange  *self);
gboolean   yeji_change_is_bin     (const YejiChange  *self);
const char *yeji_change_get_extra (const YejiChange  *self);
YejiChange *yeji_change_copy      (const YejiChange  *self);
YejiChange *yeji_change_pack      (const YejiChange  *self);
void       yeji_change_unpack     (YejiChange        *self);
void       yeji_change_free       (YejiChange        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiChange, yeji_change_free)

G_END_DECLS

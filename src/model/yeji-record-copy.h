// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

/* What a copy of a record has not got, by ids, as they are in the copy. */
typedef struct
{
  char *table;
  char *row;                   /* "" the table: its rows are not copied */
  char *field;                 /* "" as @row */
} YejiEmptied;

/* From what a record was copied. It belongs to the computer where it was made, not to the record.
 * */
typedef struct
{
  char *source;                /* uuid */
  char *name;                  /* of the source, "" if it had none */
  GPtrArray *emptied;          /* (element-type YejiEmptied), in form order */
} YejiCopyNote;

YejiRecord   *yeji_record_copy_as_new  (YejiRecord         *self,
                                        YejiCopyNote      **note);
gboolean      yeji_emptied_find        (const YejiEmptied  *self,
                                        YejiRecord         *record,
                                        YejiPlace          *place);
gboolean      yeji_emptied_is_filled   (const YejiEmptied  *self,
                                        YejiRecord         *record);
YejiCopyNote *yeji_copy_note_read      (const char         *text);
char         *yeji_copy_note_write     (const YejiCopyNote *self);
void          yeji_copy_note_free      (YejiCopyNote       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiCopyNote, yeji_copy_note_free)

G_END_DECLS

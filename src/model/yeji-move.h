// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-record.h"

G_BEGIN_DECLS

typedef enum
{
  YEJI_MOVE_NEW_TABLE,
  YEJI_MOVE_NEW_FIELD,
  YEJI_MOVE_RENAMED_TABLE,
  YEJI_MOVE_RENAMED_FIELD,
  YEJI_MOVE_REMOVED_TABLE,
  YEJI_MOVE_REMOVED_FIELD,
  YEJI_MOVE_CODE_MAPPED,
  YEJI_MOVE_NO_LONGER_FITS,
  YEJI_MOVE_KEPT_ASIDE,
  YEJI_MOVE_PUT_BACK,
  N_YEJI_MOVE_KINDS
} YejiMoveKind;

/**
 * YejiMoveNote:
 * @table: the table's id in the new dictionary, or in the old one where the new one lacks it; "" for
 *     the record itself
 * @row: the row's id; "" where the note is about a table or a field, not about one row
 * @number: of the row in its table, from 1; 0 where @row is ""
 * @field: the field's id; "" where the note is about a table
 * @before: (nullable): the value, code or id before
 * @after: (nullable): the same after; %NULL where it stayed as it was
 * @before_name: (nullable): what the list of codes calls @before, where that is a code
 * @after_name: (nullable): the same of @after
 *
 * One line of the report on what became of a record under another dictionary.
 */
typedef struct
{
  YejiMoveKind kind;
  char *table;
  char *row;
  guint number;
  char *field;
  YejiText table_label;
  YejiText field_label;        /* without words where @field is "" */
  char *before;
  char *after;
  char *before_name;
  char *after_name;
} YejiMoveNote;

YejiRecord   *yeji_record_move            (YejiRecord          *old,
                                           YejiDictionary      *to,
                                           GPtrArray          **report);

char         *yeji_record_move_pointer    (YejiRecord          *old,
                                           YejiRecord          *moved,
                                           const char          *pointer);

const char   *yeji_move_kind_to_text      (YejiMoveKind         kind);
char         *yeji_move_note_get_message  (const YejiMoveNote  *self,
                                           YejiLanguage         language);
void          yeji_move_note_free         (YejiMoveNote        *self);
JsonNode     *yeji_move_notes_to_json     (GPtrArray           *notes);
GPtrArray    *yeji_move_notes_from_json   (JsonNode            *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiMoveNote, yeji_move_note_free)

G_END_DECLS

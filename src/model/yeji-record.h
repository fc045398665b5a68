// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-aside.h"
#include "yeji-kept.h"
#include "yeji-row.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define YEJI_RECORD_ERROR (yeji_record_error_quark ())

/* Rows of a table that a record file may have at all. How many the province takes is a limit of the
 * dictionary, and more than those are a problem that the clerk can put right. */
#define YEJI_RECORD_MAX_ROWS 10000

/**
 * YejiRecordError:
 * @YEJI_RECORD_ERROR_SYNTAX: not JSON, too deep, too large or not UTF-8
 * @YEJI_RECORD_ERROR_SHAPE: JSON, but not the shape of a record
 * @YEJI_RECORD_ERROR_POINTER: a JSON Pointer that names nothing in the record
 */
typedef enum
{
  YEJI_RECORD_ERROR_SYNTAX,
  YEJI_RECORD_ERROR_SHAPE,
  YEJI_RECORD_ERROR_POINTER,
} YejiRecordError;

#define YEJI_TYPE_RECORD (yeji_record_get_type ())

G_DECLARE_FINAL_TYPE (YejiRecord, yeji_record, YEJI, RECORD, GObject)

/**
 * YejiPlace:
 * @table: (nullable): the table, NULL for the record as a whole
 * @row: (nullable): the row, NULL for the table as a whole
 * @field: (nullable): the field, NULL for the row as a whole
 *
 * What a JSON Pointer means in a record. Borrowed; good until the record changes.
 */
typedef struct
{
  const YejiTableDef *table;
  YejiRow *row;
  const YejiFieldDef *field;
} YejiPlace;

GQuark          yeji_record_error_quark    (void);
YejiRecord     *yeji_record_new            (YejiDictionary      *dictionary,
                                            const char          *uuid,
                                            const char          *role);
YejiRecord     *yeji_record_copy           (YejiRecord          *self);
YejiRecord     *yeji_record_duplicate      (YejiRecord          *self);
YejiDictionary *yeji_record_get_dictionary (YejiRecord          *self);
const char     *yeji_record_get_uuid       (YejiRecord          *self);
const char     *yeji_record_get_role       (YejiRecord          *self);
void            yeji_record_set_role       (YejiRecord          *self,
                                            const char          *role);
YejiRow        *yeji_record_get_project    (YejiRecord          *self);
guint           yeji_record_get_n_rows     (YejiRecord          *self,
                                            const YejiTableDef  *table);
YejiRow        *yeji_record_get_row        (YejiRecord          *self,
                                            const YejiTableDef  *table,
                                            guint                index);
YejiRow        *yeji_record_find_row       (YejiRecord          *self,
                                            const YejiTableDef  *table,
                                            const char          *row_id,
                                            guint               *index);
void            yeji_record_insert_row     (YejiRecord          *self,
                                            guint                index,
                                            YejiRow             *row);
YejiRow        *yeji_record_append_row     (YejiRecord          *self,
                                            const YejiTableDef  *table);
void            yeji_record_remove_row     (YejiRecord          *self,
                                            YejiRow             *row);
gboolean        yeji_record_set            (YejiRecord          *self,
                                            YejiRow             *row,
                                            const YejiFieldDef  *field,
                                            const char          *value);
const char     *yeji_record_get_effective  (YejiRecord          *self,
                                            YejiRow             *row,
                                            const YejiFieldDef  *field);
GHashTable     *yeji_record_get_extras     (YejiRecord          *self);
char           *yeji_record_get_pointer    (YejiRecord          *self,
                                            const YejiTableDef  *table,
                                            YejiRow             *row,
                                            const YejiFieldDef  *field);
gboolean        yeji_record_resolve        (YejiRecord          *self,
                                            const char          *pointer,
                                            YejiPlace           *place,
                                            GError             **error);
gboolean        yeji_record_equal          (YejiRecord          *self,
                                            YejiRecord          *other);

void            yeji_record_keep           (YejiRecord          *self,
                                            const YejiKept      *kept);
GPtrArray      *yeji_record_get_kept       (YejiRecord          *self);
const YejiKept *yeji_record_find_kept      (YejiRecord          *self,
                                            const char          *rule,
                                            const char          *table,
                                            const char          *row,
                                            const char          *field);
gboolean        yeji_record_place_kept     (YejiRecord          *self,
                                            const YejiKept      *kept,
                                            YejiPlace           *place);
void            yeji_record_add_aside      (YejiRecord          *self,
                                            const YejiAside     *aside);
GPtrArray      *yeji_record_get_aside      (YejiRecord          *self);
gboolean        yeji_record_remove_aside   (YejiRecord          *self,
                                            const YejiAside     *aside);

JsonNode       *yeji_record_to_json        (YejiRecord          *self);
char           *yeji_record_to_text        (YejiRecord          *self);
YejiRecord     *yeji_record_new_from_json  (YejiDictionary      *dictionary,
                                            JsonNode            *node,
                                            GError             **error);
YejiRecord     *yeji_record_new_from_text  (YejiDictionary      *dictionary,
                                            const char          *text,
                                            gssize               length,
                                            GError             **error);

G_END_DECLS

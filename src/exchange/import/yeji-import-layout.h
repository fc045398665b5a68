// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-normaliser.h"
#include "yeji-sheets.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * YejiImportKey:
 * @YEJI_IMPORT_KEY_NONE: the column is a field, or left out
 * @YEJI_IMPORT_KEY_RECORD: it says which record a row belongs to: a UUID, or a text of the clerk's
 * @YEJI_IMPORT_KEY_ROW: the id of the row, of an export
 * @YEJI_IMPORT_KEY_ROLE: the role of the record, its id or label
 * @YEJI_IMPORT_KEY_REASON: why a row was refused before; never read
 *
 * What a column is that is no field.
 */
typedef enum
{
  YEJI_IMPORT_KEY_NONE,
  YEJI_IMPORT_KEY_RECORD,
  YEJI_IMPORT_KEY_ROW,
  YEJI_IMPORT_KEY_ROLE,
  YEJI_IMPORT_KEY_REASON,
} YejiImportKey;

/* How it was found what a column is; sure ones first. */
typedef enum
{
  YEJI_IMPORT_HOW_NONE,        /* it was not: the column is left out */
  YEJI_IMPORT_HOW_CHOSEN,      /* the clerk said so, now */
  YEJI_IMPORT_HOW_KEPT,        /* the clerk said so for an earlier file of the kind */
  YEJI_IMPORT_HOW_ID,          /* by the id of the field */
  YEJI_IMPORT_HOW_NAME,        /* by its label */
  YEJI_IMPORT_HOW_SYNONYM,     /* by an alias, or by most of its label */
  YEJI_IMPORT_HOW_CONTENT,     /* by what its cells look like: to be confirmed */
} YejiImportHow;

/* Why a sheet is left out. */
typedef enum
{
  YEJI_IMPORT_SHEET_TAKEN,
  YEJI_IMPORT_SHEET_HIDDEN,
  YEJI_IMPORT_SHEET_EMPTY,
  YEJI_IMPORT_SHEET_HELP,      /* how to fill in, examples, codes: no data */
  YEJI_IMPORT_SHEET_UNKNOWN,   /* no heading row was found that names fields */
  YEJI_IMPORT_SHEET_CHOSEN,    /* the clerk said so */
} YejiImportSheetState;

typedef struct
{
  char *heading;               /* "" where it has none */
  char *sample;                /* the first text below it, "" where there is none */
  char *unit;                  /* (nullable): in which its numbers are, where not the field's */
  const YejiFieldDef *field;   /* (nullable): of the sheet's table, or of another in a flat list */
  YejiImportKey key;
  YejiImportHow how;
} YejiImportColumn;

typedef struct
{
  char *name;
  gboolean hidden;
  YejiImportSheetState state;
  const YejiTableDef *table;   /* (nullable): NULL is left out */
  guint heading_row;           /* of the file, from 0 */
  guint first_row;             /* of the data */
  GPtrArray *columns;          /* (element-type YejiImportColumn) */
} YejiImportSheet;

/**
 * YejiImportLayout:
 *
 * Which sheet of a file is which table, and which column which field. Not thread-safe; an import
 * that reads by it keeps a copy of its own.
 */
typedef struct _YejiImportLayout YejiImportLayout;

YejiImportLayout      *yeji_import_layout_guess       (YejiDictionary         *dictionary,
                                                       YejiNormaliser         *normaliser,
                                                       YejiSheets             *sheets,
                                                       const char             *kept,
                                                       GError                **error);
YejiImportLayout      *yeji_import_layout_copy        (const YejiImportLayout *self);
void                   yeji_import_layout_free        (YejiImportLayout       *self);
guint                  yeji_import_layout_get_n       (const YejiImportLayout *self);
const YejiImportSheet *yeji_import_layout_get_sheet   (const YejiImportLayout *self,
                                                       guint                   sheet);
const char            *yeji_import_layout_get_kind    (const YejiImportLayout *self);
void                   yeji_import_layout_set_table   (YejiImportLayout       *self,
                                                       guint                   sheet,
                                                       const YejiTableDef     *table);
void                   yeji_import_layout_set_column  (YejiImportLayout       *self,
                                                       guint                   sheet,
                                                       guint                   column,
                                                       const YejiFieldDef     *field,
                                                       YejiImportKey           key);
char                  *yeji_import_layout_to_json     (const YejiImportLayout *self);
gboolean               yeji_import_layout_is_usable   (const YejiImportLayout *self);
gboolean               yeji_import_layout_is_exact    (const YejiImportLayout *self,
                                                       const YejiFieldDef     *field,
                                                       const char             *text,
                                                       const char             *record);
gboolean               yeji_import_layout_is_special  (const YejiImportLayout *self,
                                                       const YejiFieldDef     *field,
                                                       const char             *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiImportLayout, yeji_import_layout_free)

G_END_DECLS

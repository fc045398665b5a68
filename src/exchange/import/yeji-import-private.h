// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-import-file.h"
#include "yeji-text-pool.h"

G_BEGIN_DECLS

/* Of a row that belongs to no record. */
#define YEJI_IMPORT_NOBODY G_MAXUINT32

/* The columns of a sheet that go into rows of one table. */
typedef struct
{
  const YejiTableDef *table;
  GArray *columns;             /* (element-type guint) */
  gboolean dedupe;             /* of a list that repeats them in each row */
} YejiImportPart;

/* A sheet's rows, column by column, as numbers of the pool. */
typedef struct
{
  const YejiImportSheet *def;
  guint n_columns;
  GArray *numbers;             /* (element-type guint32): of the rows in the file, from 1 */
  GArray **texts;              /* by column (element-type guint32) */
  GArray **values;             /* by column, %NULL where they are the texts */
  GArray *owners;              /* (element-type guint32): the record of each row */
  GPtrArray *parts;            /* (element-type YejiImportPart) */
  int keys[YEJI_IMPORT_KEY_REASON + 1]; /* their columns, -1: there is none */
  int number;                  /* the column with the project's number, -1: there is none */
  int name;
  gboolean defines;            /* a row of it makes a record */
} YejiStagedSheet;

typedef struct
{
  guint32 sheet;
  guint32 row;
} YejiStagedRow;

typedef struct
{
  YejiImportPlace place;
  YejiImportTrouble trouble;
  gboolean linked;             /* found when the rows were put together, not by the cell alone */
} YejiBadCell;

typedef struct
{
  guint32 key;                 /* numbers of the pool */
  guint32 number;
  guint32 name;
  guint32 first;               /* of its rows */
  guint32 n_rows;
  guint32 n_bad;
  gboolean has_project;
  gboolean refused;            /* nobody knows of which project it is */
} YejiStagedRecord;

/* What was said last of the texts that come often. */
typedef struct
{
  const YejiFieldDef *field;
  guint32 text;
  guint32 value;
  YejiImportTrouble trouble;
} YejiJudged;

struct _YejiImportFile
{
  GObject parent_instance;

  YejiDictionary *dictionary;
  YejiNormaliser *normaliser;
  YejiImportLayout *layout;
  YejiTextPool *pool;
  YejiJudged *judged;
  guint32 current;             /* the key of the record whose row is judged */
  GPtrArray *sheets;           /* (element-type YejiStagedSheet): as in the layout */
  GArray *bad;                 /* (element-type YejiBadCell), in the order of the file */
  GArray *records;             /* (element-type YejiStagedRecord) */
  GArray *rows;                /* (element-type YejiStagedRow), record by record */
  GHashTable *columns;         /* fields that the file has a column for */
  char *role;                  /* of records that the file gives none */
  guint generation;            /* of the numbers of the records */
};

/* yeji-import-judge.c */
YejiImportTrouble yeji_import_judge      (YejiImportFile         *self,
                                          const YejiImportColumn *column,
                                          guint32                 text,
                                          YejiCellFlags           flags,
                                          guint32                *value);

/* yeji-import-link.c */
void              yeji_import_prepare    (YejiImportFile         *self);
void              yeji_import_link       (YejiImportFile         *self);

/* yeji-import-file.c */
guint32           yeji_import_get_value  (const YejiStagedSheet  *sheet,
                                          guint                   row,
                                          guint                   column);
guint32           yeji_import_get_text   (const YejiStagedSheet  *sheet,
                                          guint                   row,
                                          guint                   column);
const YejiBadCell *yeji_import_find_bad  (YejiImportFile         *self,
                                          const YejiImportPlace  *place);
int               yeji_import_compare_bad (gconstpointer          a,
                                          gconstpointer           b);

G_END_DECLS

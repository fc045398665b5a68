// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-pages.h"
#include "yeji-salvage.h"
#include "yeji-sql-private.h"

G_BEGIN_DECLS

/* A table of the new database, and what was found for it. */
typedef struct
{
  char *name;
  const char *index;           /* (nullable): has an entry for every row */
  GPtrArray *columns;
  int alias;                   /* the column that is the rowid, -1 for none */
  char *insert;                /* a statement */
  guint n_bad;                 /* pages and rows that could not be read; 0: all rows are here */
  guint n_rows;                /* from the file */
  guint n_filled;              /* from the backup */
  guint n_expected;            /* entries of the index */
  gboolean is_counted;         /* whether the index was whole */
} YejiSalvageTable;

/* A salvage that goes on. The new database has three tables of its own beside those of the schema:
 * `taken` (uuids of records that came from the backup), `expected` (of those that the index knew),
 * `spoilt` (of those that are there, but cannot be read, with names). */
typedef struct
{
  YejiSql *sql;
  YejiPages *pages;
  GPtrArray *tables;           /* (element-type YejiSalvageTable) */
  GHashTable *roots;           /* name of a table or index -> page */
  YejiSalvageReport *report;
  guint n_pending;
  GError *error;               /* (nullable): why it cannot go on */
} YejiSalvage;

YejiSalvageTable *yeji_salvage_find_table (YejiSalvage  *self,
                                           const char   *name);

/* yeji-salvage-fill.c */
gboolean          yeji_salvage_fill       (YejiSalvage  *self,
                                           const char   *backup,
                                           GError      **error);
gboolean          yeji_salvage_settle     (YejiSalvage  *self,
                                           GError      **error);

G_END_DECLS

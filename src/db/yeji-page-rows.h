// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-pages.h"
#include "yeji-sql-private.h"

G_BEGIN_DECLS

/* A row as it lies in the file. */
typedef struct
{
  gint64 rowid;                /* 0 in an index */
  guint n_values;
  YejiSqlValue *values;        /* texts and blobs live until the function returns */
  gboolean whole;              /* FALSE: values from some point on are missing */
} YejiPageRow;

typedef void (*YejiPageRowFunc) (const YejiPageRow *row,
                                 gpointer           data);

/* Which pages were seen, so that each is read once however they point at each other. */
typedef struct _YejiPageMarks YejiPageMarks;

YejiPageMarks *yeji_page_marks_new  (YejiPages        *pages);
void           yeji_page_marks_free (YejiPageMarks    *self);
guint          yeji_page_rows_walk  (YejiPages        *pages,
                                     YejiPageMarks    *marks,
                                     guint32           root,
                                     YejiPageRowFunc   func,
                                     gpointer          data);
void           yeji_page_rows_scan  (YejiPages        *pages,
                                     YejiPageMarks    *marks,
                                     YejiPageRowFunc   func,
                                     gpointer          data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiPageMarks, yeji_page_marks_free)

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YEJI_DB_ERROR (yeji_db_error_quark ())

/**
 * YejiDbError:
 * @YEJI_DB_ERROR_FAILED: SQLite said no in another way
 * @YEJI_DB_ERROR_FULL: the disk is full
 * @YEJI_DB_ERROR_IO: the disk cannot be read or written
 * @YEJI_DB_ERROR_READ_ONLY: the file may not be written
 * @YEJI_DB_ERROR_DAMAGED: the file is no database or a damaged one
 * @YEJI_DB_ERROR_NEWER: the file was made by a newer version of the program
 * @YEJI_DB_ERROR_CONSTRAINT: a constraint of the schema was violated
 * @YEJI_DB_ERROR_CLOSED: the database was closed
 * @YEJI_DB_ERROR_GAVE_UP: it would have taken longer than yeji_sql_set_patience() allows
 */
typedef enum
{
  YEJI_DB_ERROR_FAILED,
  YEJI_DB_ERROR_FULL,
  YEJI_DB_ERROR_IO,
  YEJI_DB_ERROR_READ_ONLY,
  YEJI_DB_ERROR_DAMAGED,
  YEJI_DB_ERROR_NEWER,
  YEJI_DB_ERROR_CONSTRAINT,
  YEJI_DB_ERROR_CLOSED,
  YEJI_DB_ERROR_GAVE_UP,
} YejiDbError;

/* A connection, for its database's thread alone. Statements are prepared once and kept. */
typedef struct _YejiSql YejiSql;

/* A running statement; step to each row, read columns from 0. Texts live until the next step. */
typedef struct _YejiRows YejiRows;

GQuark      yeji_db_error_quark (void);

/* @types: one character a value: s text (nullable), i gint64, d double, b GBytes (nullable) */
gboolean    yeji_sql_exec       (YejiSql      *self,
                                 GError      **error,
                                 const char   *statement,
                                 const char   *types,
                                 ...);
YejiRows   *yeji_sql_query      (YejiSql      *self,
                                 GError      **error,
                                 const char   *statement,
                                 const char   *types,
                                 ...);
int         yeji_sql_has_row    (YejiSql      *self,
                                 GError      **error,
                                 const char   *statement,
                                 const char   *types,
                                 ...);
void        yeji_sql_set_cache  (YejiSql      *self,
                                 guint         kib);
void        yeji_sql_set_patience (YejiSql    *self,
                                 gint64        microseconds);
gint64      yeji_sql_changes    (YejiSql      *self);
gint64      yeji_sql_total_changes (YejiSql   *self);
gint64      yeji_sql_last_id    (YejiSql      *self);

gboolean    yeji_rows_next      (YejiRows     *self,
                                 GError      **error);
const char *yeji_rows_text      (YejiRows     *self,
                                 int           column);
char       *yeji_rows_dup_text  (YejiRows     *self,
                                 int           column);
gint64      yeji_rows_int       (YejiRows     *self,
                                 int           column);
GBytes     *yeji_rows_bytes     (YejiRows     *self,
                                 int           column);
gboolean    yeji_rows_is_null   (YejiRows     *self,
                                 int           column);
void        yeji_rows_free      (YejiRows     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YejiRows, yeji_rows_free)

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#pragma once

#include "yeji-sql.h"
#include "yeji-store.h"

G_BEGIN_DECLS

/* How far the index is. A store whose setting is another, or none, is indexed anew. */
#define YEJI_SEARCH_SETTING "search.version"

/* Counted up when yeji-search.c makes other tokens, or another key to sort by, of the same text. */
#define YEJI_SEARCH_COMPLETE "3"
#define YEJI_SEARCH_FILLING "3 filling"

/* Tokens come as they are to be found: nothing but blanks parts them. */
#define YEJI_SEARCH_TABLE \
  "CREATE VIRTUAL TABLE search USING fts5 (text, content = '', columnsize = 0, tokenize = 'ascii')"

/* Records that were saved and wait to be indexed, each with what the index has of it. */
#define YEJI_SEARCH_WAITING_TABLE \
  "CREATE TABLE search_waiting (" \
  "  record TEXT PRIMARY KEY NOT NULL," \
  "  keeps_place INTEGER NOT NULL," \
  "  body TEXT" \
  ") STRICT"

/* On the database's thread, inside a transaction, after record.body was written or before the
 * record is deleted. */
gboolean yeji_store_index           (YejiStore     *self,
                                     YejiSql       *sql,
                                     const char    *uuid,
                                     const char    *old_body,
                                     const char    *new_body,
                                     GError       **error);
gboolean yeji_store_index_again     (YejiStore     *self,
                                     YejiSql       *sql,
                                     const char    *uuid,
                                     const char    *old_body,
                                     GError       **error);

/* On the database's thread, as a transaction of its own, with the store. */
gboolean yeji_store_index_waiting   (YejiSql       *sql,
                                     gpointer       data,
                                     GError       **error);

gboolean yeji_store_has_waiting     (YejiSql       *sql);

gboolean yeji_store_index_if_needed (YejiStore     *self,
                                     GCancellable  *cancellable,
                                     GError       **error);
gboolean yeji_store_merge_index     (YejiStore     *self,
                                     GCancellable  *cancellable,
                                     GError       **error);
gboolean yeji_store_warm_index      (YejiStore     *self,
                                     GCancellable  *cancellable,
                                     GError       **error);

G_END_DECLS

// SPDX-License-Identifier: GPL-3.0-or-later
// Copyright 2026 The Yeji authors

#define G_LOG_DOMAIN "yeji-store"

#include "config.h"

/* The parts of the full text index. Each time records are indexed, FTS5 writes a part (a segment)
 * of its own, and now and then makes one of several; a search looks for each of its tokens in each
 * part. https://www.sqlite.org/fts5.html#the_merge_command
 *
 * By itself it keeps a dozen parts. So parts are put together beside the clerk's work, in small
 * transactions between which saves and searches come. */

#include "yeji-store-index.h"

#include "yeji-store-private.h"

/* So many parts a search can do with. */
#define MAX_PARTS 8

/* Pages that are written in one transaction: it takes about 0.02 s. */
#define PORTION 200

typedef struct
{
  gint64 pages;                /* negative: to begin with all parts there are */
  gboolean started;
  gboolean done;
} Merge;

/* A part has about a row here for each few pages. */
static gboolean
weigh_parts (YejiSql  *sql,
             gint64   *n,
             gboolean *scattered,
             GError  **error)
{
  g_autoptr (YejiRows) rows = NULL;

  rows = yeji_sql_query (sql, error,
                         "SELECT count (*), coalesce (max (size) * 4 < sum (size) * 3, 0) FROM"
                         " (SELECT count (*) AS size FROM search_idx GROUP BY segid)", "");
  if (rows == NULL || !yeji_rows_next (rows, error))
    return FALSE;
  *n = yeji_rows_int (rows, 0);
  *scattered = yeji_rows_int (rows, 1) != 0;
  return TRUE;
}

/* Where no part has most of the index, as after many records were indexed, one is made of all;
 * later only parts of a like size are put together, which are small. By itself FTS5 would leave up
 * to three of a size. */
static gboolean
start (Merge    *merge,
       YejiSql  *sql,
       GError  **error)
{
  gboolean scattered;
  gint64 n;

  if (!weigh_parts (sql, &n, &scattered, error))
    return FALSE;
  merge->started = TRUE;
  merge->done = n <= MAX_PARTS;
  merge->pages = scattered ? -PORTION : PORTION;
  return merge->done
    || yeji_sql_exec (sql, error, "INSERT INTO search (search, rank) VALUES ('usermerge', 2)", "");
}

/* A command that finds nothing to do makes less than two changes, says its description. */
static gboolean
run_portion (YejiSql   *sql,
             gpointer   data,
             GError   **error)
{
  Merge *merge = data;
  gint64 before;

  if (!merge->started && !start (merge, sql, error))
    return FALSE;
  if (merge->done)
    return TRUE;
  before = yeji_sql_total_changes (sql);
  if (!yeji_sql_exec (sql, error, "INSERT INTO search (search, rank) VALUES ('merge', ?1)", "i",
                      merge->pages))
    return FALSE;
  merge->pages = PORTION;
  merge->done = yeji_sql_total_changes (sql) - before < 2;
  return TRUE;
}

/**
 * yeji_store_merge_index: (skip)
 *
 * Puts the parts of the index together, if they are many. It can be stopped at any time, and goes
 * on the next time. Blocks.
 *
 * Returns: %FALSE with an error of #YejiDbError, or %G_IO_ERROR_CANCELLED
 */
gboolean
yeji_store_merge_index (YejiStore     *self,
                        GCancellable  *cancellable,
                        GError       **error)
{
  Merge merge = { 0 };

  g_return_val_if_fail (YEJI_IS_STORE (self), FALSE);

  while (!merge.done)
    if (g_cancellable_set_error_if_cancelled (cancellable, error)
        || !yeji_db_run (yeji_store_get_db (self), run_portion, &merge, error))
      return FALSE;
  return TRUE;
}
